// What is offered to me: found as one types, by kind and by language.
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { Brand, Icon } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { isIn, TYPES, useLooking, type Wanted } from '../reader/looking.ts'
import { dirOf, levelOf, nameOf } from '../reader/tongue.ts'
import type { Product } from '../reader/wire.ts'
import { ReaderTexts, useReaderWords } from '../reader/words.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'

const NewCourse = lazy(() => import('../author/NewCourse.tsx'))

export default function Catalogue() {
  const user = useAccount((a) => a.user)
  return user ? <ReaderTexts><Look key={user.userId} /></ReaderTexts> : <Enter />
}

const EVERYTHING: Wanted = { search: '', type: '', language: '', archived: false }

function Look() {
  const { say } = useReaderWords()
  const trouble = useTrouble()
  const { wanted, want, products, current, refusal, next, more, again } = useLooking()
  const shown = products?.filter((p) => isIn(p, wanted.language)) ?? []
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => { document.title = `${say('cat.title')} · Lectern` }, [say])
  useKeys({ '/': () => { field.current?.focus(); field.current?.select() } })
  const end = useEnd(more)
  const count = current ? (next === null ? say('cat.found', { count: shown.length }) : say('cat.found.more', { count: shown.length })) : null
  useEffect(() => { if (count !== null) announce(count) }, [count])
  if (!products && refusal) return <Notice title={say('cat.unread')} action={<><Button look="line" onClick={again}>{say('try.again')}</Button><Link className="btn text" href="/">{say('home.back')}</Link></>}>{trouble(refusal)}</Notice>
  const isNarrow = wanted.search.trim() !== '' || wanted.type !== '' || wanted.language !== ''
  const nothing = current && next === null && shown.length === 0
  return (
    <main className="reader catalogue">
      <p className="spread"><Link href="/" className="brand-link" aria-label={say('home.lectern')}><Brand /></Link><Suspense fallback={null}><NewCourse /></Suspense></p>
      <h1 className="words">{say('cat.title')}</h1>
      <Sifting wanted={wanted} want={want} products={products ?? []} field={field} />
      {refusal && <div className="slip spread" role="alert"><p>{trouble(refusal)}</p><Button look="line" onClick={again}>{say('try.again')}</Button></div>}
      {!products && <Bones label={say('cat.wait')} lines={[100, 100, 100]} />}
      {nothing && (isNarrow
        ? <div className="not-found"><p className="quiet">{wanted.search.trim() ? say('cat.none', { search: wanted.search.trim() }) : say('cat.nothing')}</p><Button look="line" onClick={() => { want({ ...EVERYTHING, archived: wanted.archived }); field.current?.focus() }}>{say('cat.clear')}</Button></div>
        : <p className="quiet">{say(wanted.archived ? 'cat.empty.archived' : 'cat.empty')}</p>)}
      <ul className={`offers ${current ? '' : 'older'}`} aria-label={say('cat.title')}>{shown.map((p) => <li key={p.productId}><Card product={p} /></li>)}</ul>
      {next !== null && <div ref={end}><Bones label={say('cat.wait')} lines={[100]} /></div>}
    </main>
  )
}

type Sifted = { wanted: Wanted; want(part: Partial<Wanted>): void; products: Product[]; field: React.RefObject<HTMLInputElement | null> }

function Sifting({ wanted, want, products, field }: Sifted) {
  const { say } = useReaderWords()
  const tags = useSeen(products.flatMap((p) => [p.language, ...p.languages]), wanted.language)
  const writes = useSeen(products.some((p) => p.mayWrite) ? ['writes'] : [], wanted.archived ? 'writes' : '').length > 0
  return (
    <search className="choosing">
      <span className="seek"><Icon of="search" className="small" />
        <input ref={field} type="search" className="field" value={wanted.search} maxLength={200} placeholder={say('cat.search')} aria-label={say('cat.search')} aria-keyshortcuts="/" dir="auto" autoComplete="off"
          onChange={(e) => want({ search: e.target.value })} onKeyDown={(e) => { if (e.key === 'Escape') { want({ search: '' }); e.currentTarget.blur() } }} />
        {!wanted.search && <Cap>/</Cap>}</span>
      <select className="field slim" aria-label={say('cat.type')} value={wanted.type} onChange={(e) => want({ type: e.target.value })}>
        <option value="">{say('cat.type.all')}</option>
        {TYPES.map((type) => <option key={type} value={type}>{say(`type.${type}`)}</option>)}
      </select>
      {tags.length > 1 && (
        <select className="field slim" aria-label={say('cat.language')} value={wanted.language} onChange={(e) => want({ language: e.target.value })}>
          <option value="">{say('cat.language.all')}</option>
          {tags.map((tag) => <option key={tag} value={tag} lang={tag}>{nameOf(tag)}</option>)}
        </select>
      )}
      {writes && <Button look="line" slim aria-pressed={wanted.archived} className={wanted.archived ? 'pressed' : ''} onClick={() => want({ archived: !wanted.archived })}>{say('cat.archived')}</Button>}
    </search>
  )
}

function Card({ product: p }: { product: Product }) {
  const { say } = useReaderWords()
  const type = TYPES.find((t) => t === p.type)
  const opens = p.mayRead && p.type === 'course'
  const facts = [type ? say(`one.${type}`) : p.type, levelOf(p.level, say), p.type === 'course' ? say('cat.topics', { count: p.topics }) : null].filter((f) => f !== null)
  return (
    <article className="slip">
      <h2 className="words" dir="auto">{opens ? <Link href={`/course/${p.productId}`}>{p.title}</Link> : p.title}</h2>
      {p.summary && <p className="words summary" dir="auto">{p.summary}</p>}
      <p className="small quiet facts-of">{facts.map((f) => <span key={f}>{f}</span>)}</p>
      <p className="small quiet facts-of">{[...new Set([p.language, ...p.languages])].map((tag) => <span key={tag} lang={tag} dir={dirOf(tag)}>{nameOf(tag)}</span>)}</p>
      {p.archived && <p className="small b">{say('cat.is.archived')}</p>}
      {!p.mayRead && <p className="small b">{say('cat.closed')}</p>}
    </article>
  )
}

/** All that was ever there since the page was opened: what one could choose does not go while one looks. */
function useSeen(now: readonly string[], chosen: string): string[] {
  const [seen, add] = useState<readonly string[]>([])
  const fresh = [...new Set([...now, chosen])].filter((one) => one !== '' && !seen.includes(one))
  if (fresh.length > 0) add([...seen, ...fresh])
  return [...seen, ...fresh].sort()
}

/** Put it behind the last card: more are read when it comes near. */
function useEnd(more: () => void) {
  const latest = useRef(more)
  latest.current = more
  const watcher = useRef<IntersectionObserver | null>(null)
  return useCallback((element: HTMLElement | null) => {
    watcher.current?.disconnect()
    if (!element) return
    watcher.current = new IntersectionObserver(([entry]) => { if (entry!.isIntersecting) latest.current() }, { rootMargin: '600px' })
    watcher.current.observe(element)
  }, [])
}
