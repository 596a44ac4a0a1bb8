// What only staff read: what the answers come to, and the answers as they come, to search, to sift, to pin, to hide. Once there
// are many, new ones wait until they are asked for.
import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useClass, useRoom } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { Cap } from '../parts/Cap.tsx'
import { useKeys } from '../parts/keys.ts'
import { useMore } from '../parts/more.ts'
import { Bones } from '../parts/State.tsx'
import { Staff, useStaffWords } from '../staff.tsx'
import { useAtHand } from './athand.ts'
import type { Conduct } from './conduct.ts'
import { Come } from './Come.tsx'
import { useGrowing } from './growing.ts'
import { useIsIn } from './isin.ts'
import { useList, usePins } from './list.ts'
import { useNamed, useReadNames } from './names.ts'
import { useRoster } from './roster.ts'
import { Row } from './Row.tsx'
import { type Order, type Sieve, sifted, WIDE } from './sift.ts'
import { Tools } from './Tools.tsx'

type Props = { prompt: PromptView; conduct: Conduct; leads: boolean; pins: ReadonlySet<string>; pin(messageId: string): void }
/** All are read up to here, so that a search finds them; beyond, as one scrolls. */
const READ = 1_000
const Laid = lazy(() => import('../groups/Laid.tsx'))

export const Answers = (props: Props) => <Staff><AtHand {...props} /></Staff>

function AtHand({ prompt: board, conduct, leads }: Props) {
  const { prompt } = useAtHand(board)
  const [grouped, setGrouped] = useState(false)
  if (!prompt) return null
  const inWords = prompt.kind === 'text' && prompt.state === 'revealed'
  return (
    <>
      {inWords && <Suspense fallback={null}><Laid key={`groups ${prompt.promptId}`} prompt={prompt} leads={leads} on={grouped} onTurn={setGrouped} /></Suspense>}
      {!(inWords && grouped) && <List key={prompt.promptId} prompt={prompt} conduct={conduct} leads={leads} />}
    </>
  )
}

function List({ prompt: unnamed, conduct, leads }: Pick<Props, 'prompt' | 'conduct' | 'leads'>) {
  const { say } = useStaffWords()
  const { live } = useRoom()
  const { byId, batches } = useRoster(useClass((v) => v.cohort.cohortId))
  useReadNames(unnamed, leads)
  const prompt = useNamed(unnamed)!
  const { pins, pin } = usePins(prompt.promptId)
  const shown = prompt.state === 'revealed'
  const partly = shown && prompt.answers.some((a) => !a.revealed)
  const [order, setOrder] = useState<Order>('newest')
  const [sieve, setSieve] = useState<Sieve>(WIDE)
  const field = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLOListElement>(null)
  const { end, failed, again } = useMore(live, prompt, prompt.answers.length < READ)
  const { isIn, ...watch } = useIsIn(list)
  const { list: stood, waiting, moved, show } = useList(prompt, order, isIn || sieve.search !== '')
  const rows = sifted(stood, sieve, { pins, options: prompt.options, batchOf: (id) => byId.get(id)?.batchNo ?? null })
  const act = useActs(prompt, conduct)
  const { drawn, end: edge } = useGrowing(rows.length)

  const focused = () => (document.activeElement?.closest('li') as HTMLElement | null)?.dataset.id
  const go = (by: number) => () => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>(':scope > li') ?? [])]
    const at = items.findIndex((i) => i.dataset.id === focused())
    items[Math.max(0, Math.min(items.length - 1, at + by))]?.focus()
    return items.length > 0
  }
  const on = (doing: (a: Answer) => void) => () => {
    const answer = prompt.answers.find((a) => a.messageId === focused())
    return answer ? doing(answer) : false
  }
  useKeys({
    ArrowDown: go(1), ArrowUp: go(-1), '/': () => field.current?.focus(), n: waiting || moved ? show : undefined,
    ...(leads && { p: on((a) => pin(a.messageId)), g: on((a) => void act.star(a)), h: on((a) => void act.hide(a)), l: on((a) => void act.spotlight(a)) }),
  })
  useFocusKept(list, rows)

  return (
    <>
      <Tools prompt={prompt} leads={leads} pins={pins} batches={batches} sieve={sieve} onSieve={setSieve} order={order} onOrder={setOrder} field={field} />
      <Come prompt={prompt} sieve={sieve} onSieve={setSieve} />
      {/* The strip is there before anything waits, so that nothing moves when something does. */}
      {stood.length > 0 && (!shown || order === 'starred') && (waiting === 0 && !moved ? <p className="fresh-bar calm">{say(order === 'newest' ? 'order.newest.first' : 'order.starred.first')}</p> : (
        <button type="button" className="fresh-bar" onClick={show}>
          <span className="num">{say(moved ? 'order.moved' : 'fresh', { waiting })}</span><span className="then">{say(moved ? 'order.again' : 'fresh.show')}</span><Cap>N</Cap></button>
      ))}
      <ol className="answers" ref={list} {...watch} aria-label={say(order === 'newest' ? 'answers.newest' : 'answers.starred')}>
        {rows.slice(0, drawn).map((a, n) => <Row key={a.messageId} answer={a} options={prompt.options} first={n === 0} pinned={pins.has(a.messageId)} spotlit={a.messageId === prompt.spotlight} shown={shown} partly={partly} leads={leads}
          batchNo={batches.length > 0 && a.author ? (byId.get(a.author.memberId)?.batchNo ?? null) : null} act={act} pin={pin} />)}
      </ol>
      <div ref={edge} />
      {prompt.next !== null && !failed && prompt.answers.length < prompt.answered && <Bones label={say('answers.wait')} />}
      {rows.length === 0 && prompt.next === null && (
        <div className="none quiet"><p>{say(stood.length > 0 ? 'answers.nomatch' : prompt.state === 'open' ? 'answers.none' : 'answers.nobody')}</p>
          {stood.length > 0 && <Button look="text" onClick={() => setSieve(WIDE)}>{say('sift.clear')}</Button>}</div>
      )}
      <div ref={end} className="end">{failed && <Button look="line" onClick={again}>{say('more')}</Button>}</div>
    </>
  )
}

export type Act = ReturnType<typeof useActs>

/** What can be done with one answer; the same functions for as long as the list stands, so that no row is drawn for them. */
function useActs(prompt: PromptView, conduct: Conduct) {
  const now = useRef({ prompt, conduct })
  now.current = { prompt, conduct }
  const [acts] = useState(() => ({
    star: (a: Answer) => now.current.conduct.star(a.messageId, !a.instructorStar),
    hide: (a: Answer) => now.current.conduct.hide(a.messageId, !a.hidden),
    spotlight: (a: Answer) => {
      const { prompt, conduct } = now.current
      void conduct.spotlight(prompt, a.messageId === prompt.spotlight ? null : a.messageId)
    },
  }))
  return acts
}

/** Where the answer that had the focus leaves the list, its neighbour takes it: no key is lost on the way. */
function useFocusKept(list: { current: HTMLOListElement | null }, rows: readonly Answer[]): void {
  const last = useRef<{ id: string; at: number } | null>(null)
  useEffect(() => {
    const on = document.activeElement?.closest('li') as HTMLElement | null
    const id = on?.dataset.id
    if (id && list.current?.contains(on)) { last.current = { id, at: rows.findIndex((a) => a.messageId === id) }; return }
    const was = last.current
    last.current = null
    if (was && document.activeElement === document.body && !rows.some((a) => a.messageId === was.id)) {
      list.current?.querySelectorAll<HTMLElement>(':scope > li')[Math.min(was.at, rows.length - 1)]?.focus()
    }
  })
}
