// The board: exactly what the room has, and beneath it what can be done with it in public. The keys of the board act on what
// stands here, which may be another prompt than the newest: so they are heard here first.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { ordinal } from '../board.ts'
import { useClass } from '../classroom.tsx'
import { Ended, Soon } from '../livequiz/Ended.tsx'
import { useUp } from '../livequiz/ends.ts'
import { isAnnounced } from '../livequiz/run.ts'
import { Icon } from '../parts/Icons.tsx'
import { useKeys } from '../parts/keys.ts'
import { Staff, useStaffWords } from '../staff.tsx'
import { Acts, ExtraTime } from './Acts.tsx'
import { turnTo, useAtHand } from './athand.ts'
import { askable } from './beside.ts'
import type { Conduct } from './conduct.ts'
import { Filling } from './Filling.tsx'
import { chosenOf, usePins } from './list.ts'
import { useNamed } from './names.ts'
import { Resting } from './Resting.tsx'
import { Shown } from './Shown.tsx'

export type Props = { prompt: PromptView | null; conduct: Conduct; leads: boolean }
export type OnBoard = { prompt: PromptView; conduct: Conduct; leads: boolean; chosen: string[]; again: PromptView | null }

export const Stage = (props: Props & { chosen: string[] }) => <Staff><Board {...props} /></Staff>

function Board({ prompt: board, conduct, leads }: Props) {
  const { say } = useStaffWords()
  const { prompt: atHand, others } = useAtHand(board)
  const prompt = useNamed(atHand)
  const { pins } = usePins(prompt?.promptId)
  const chosen = prompt ? chosenOf(prompt, pins) : []
  const view = useClass((v) => v)
  const again = askable(view, prompt)
  const up = useUp()
  // While a quiz is announced, or its board is up, no prompt is seen here.
  const quiz = view.live && up ? <Ended live={view.live} /> : view.live && isAnnounced(view) && (view.session || prompt) ? <Soon live={view.live} /> : null
  useBoardKeys({ prompt: quiz ? null : prompt, conduct, leads, chosen, again }, others)
  if (quiz) return <section className="board stage" aria-label={say('room.sees')}><p className="label row"><Icon of="screen" />{say('room.sees')}</p>{quiz}</section>
  if (!prompt) return <section className="board stage" aria-label={say('room.sees')}><Resting conduct={conduct} leads={leads} /></section>
  const on: OnBoard = { prompt, conduct, leads, chosen, again }
  const long = prompt.text.length > 160
  return (
    <section className="board stage" aria-labelledby="prompt">
      {others.length > 1 && <Beside prompt={prompt} others={others} />}
      <p className="spread label"><span className="row"><Icon of="screen" />{say('room.sees')}</span><Place prompt={prompt} /></p>
      <h1 className={`prompt ${long ? 'long' : ''}`} id="prompt" dir="auto" tabIndex={long ? 0 : undefined}>{prompt.text}</h1>
      <How prompt={prompt} />
      {prompt.state === 'revealed' ? <Shown prompt={prompt} /> : <Filling {...on} />}
      {leads && (conduct.extra && prompt.state === 'open' ? <ExtraTime {...on} /> : <Acts {...on} />)}
    </section>
  )
}

/** What a key does here; one that does nothing now is heard and does nothing, so that it never acts on what is not seen. */
function useBoardKeys({ prompt, conduct, leads, chosen, again }: Omit<OnBoard, 'prompt'> & { prompt: PromptView | null }, others: PromptView[]): void {
  const nothing = () => undefined
  const open = prompt?.state === 'open'
  const isLeft = prompt !== null && (open || prompt.state === 'closed' || prompt.answers.some((a) => !a.revealed && !a.hidden))
  const turn = () => { const i = others.findIndex((p) => p.promptId === prompt?.promptId); turnTo(others[(i + 1) % others.length]!.promptId) }
  const of = (act: ((p: PromptView) => unknown) | false) => (prompt && act ? () => { void act(prompt) } : nothing)
  useKeys({
    ...(others.length > 1 && { b: turn }),
    ...(leads && {
      e: of(open ? (p) => conduct.close(p) : prompt?.state === 'closed' && ((p) => conduct.reopen(p))),
      t: of(open && prompt.closesAt !== null && ((p) => conduct.extend(p))),
      x: of(prompt?.state !== 'revealed' && ((p) => conduct.cancel(p))),
      // While people are still writing a slip of the finger must not end it.
      r: of(isLeft && ((p) => (open ? conduct.twice('reveal', () => conduct.reveal(p)) : conduct.reveal(p)))),
      '⇧R': of(isLeft && chosen.length > 0 && ((p) => conduct.reveal(p, chosen))),
      ...(again && { v: () => void conduct.again(again) }),
    }),
  })
}

/** Batches that are asked side by side: which of them is looked at. */
function Beside({ prompt, others }: { prompt: PromptView; others: PromptView[] }) {
  const { number, say } = useStaffWords()
  return (
    <fieldset className="seg side-by-side" aria-label={say('beside')}>
      {others.map((p) => (
        <button key={p.promptId} type="button" aria-pressed={p.promptId === prompt.promptId} onClick={() => turnTo(p.promptId)}>
          {p.batchNo === null ? say('set.batch.all') : say('beside.batch', { n: p.batchNo })} <span className="num">{p.state === 'open' ? number(p.answered) : say(p.state === 'revealed' ? 'beside.revealed' : 'beside.closed')}</span></button>
      ))}
    </fieldset>
  )
}

function Place({ prompt }: { prompt: PromptView }) {
  const { say } = useStaffWords()
  const n = useClass((v) => ordinal(v, prompt))
  const revealed = prompt.answers.filter((a) => a.revealed).length
  if (prompt.state !== 'revealed') return <span className="num">{say('prompt.nth', { n })}</span>
  return <span className="num">{revealed === prompt.answered ? say('shown.all', { n: prompt.answered }) : say('shown.some', { n: revealed, all: prompt.answered })}</span>
}

/** How it is asked, where that is not as usual. */
function How({ prompt: { batchNo, anonymous, revoteOf, multiple } }: { prompt: PromptView }) {
  const { say } = useStaffWords()
  const how = [batchNo !== null && say('beside.batch', { n: batchNo }), revoteOf && say('how.again'), multiple && say('how.several'), anonymous && say('how.anonymous')].filter(Boolean)
  return how.length > 0 && <p className="label how">{how.join(' · ')}</p>
}
