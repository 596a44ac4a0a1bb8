// At the left: the search, and the tree or what was found.
import { type ComponentProps, type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import { Cap } from '../parts/Cap.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Trail, useFound } from './MoveTo.tsx'
import { Tree } from './Tree.tsx'
import { usePlacesWords } from './words.tsx'

type Props = ComponentProps<typeof Tree> & { field: RefObject<HTMLInputElement | null> }

export function Side({ field, ...of }: Props) {
  const { say } = usePlacesWords()
  const [typed, setTyped] = useState('')
  const q = typed.trim()
  const found = useFound(q)
  useEffect(() => setTyped(''), [of.chosen])
  const pressed = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') { setTyped(''); event.currentTarget.blur() }
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    event.preventDefault()
    const first = document.querySelector<HTMLElement>(q ? '.found button' : '.tree [tabindex="0"]')
    if (event.key === 'Enter' && q) first?.click()
    else first?.focus()
  }
  const step = (event: KeyboardEvent<HTMLUListElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (by === undefined) return
    event.preventDefault()
    const all = [...event.currentTarget.querySelectorAll('button')]
    const next = all[all.indexOf(event.target as HTMLButtonElement) + by]
    ;(next ?? (by < 0 ? field.current : null))?.focus()
  }
  return (
    <aside className="tree-side" aria-label={say('places.title')}>
      <span className="searchf"><Icon of="search" />
        <input ref={field} className="field slim" type="search" value={typed} onChange={(e) => setTyped(e.target.value)} placeholder={say('places.search')} aria-label={say('places.search')} dir="auto" maxLength={120} onKeyDown={pressed} />
        {!typed && <Cap>/</Cap>}</span>
      {q ? (
        <>
          {found?.length === 0 && <p className="quiet">{say('places.nofind')}</p>}
          <ul className="found" aria-label={say('places.found')} onKeyDown={step}>
            {found?.map((p) => (
              <li key={p.nodeId}><button type="button" onClick={() => of.onChoose(p.nodeId)}><span dir="auto">{p.name}</span><span className="small quiet">{of.kinds?.find((k) => k.key === p.type)?.name} · <Trail tree={of.growing.tree} place={p} /></span></button></li>
            ))}
          </ul>
        </>
      ) : <Tree {...of} />}
    </aside>
  )
}
