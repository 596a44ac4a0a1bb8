// From which place of the class's stream on an answer is on the board, and until which: it comes with a reveal, goes when it is
// hidden, and comes back when it is shown again. One that was hidden before the reveal comes only then.
import type { Stored } from './history.ts'
import type { Frames } from './history.streams.ts'

/** From a place up to, and not with, another. */
export type Span = { from: number; to: number }
type Event = { at: string; seq: number | null; name: string; body: any }

const NEVER = Number.POSITIVE_INFINITY
const WHAT = ['coldcall:revealed', 'coldcall:hidden', 'coldcall:cancelled']

/** What became of the answers of each prompt, in the order in which it was decided, by epoch and prompt. */
function events(heard: Frames, stored: Stored): Map<string, Event[]> {
  const all = new Map<string, Event[]>()
  const add = (epoch: string, stream: string, seq: number, { at, name, body }: Omit<Event, 'seq'>) => {
    if (!WHAT.includes(name)) return
    const where = `${epoch} ${body.promptId}`
    all.set(where, [...(all.get(where) ?? []), { at, name, body, seq: stream.startsWith('cohort:') ? seq : null }])
  }
  for (const f of stored.frames) add(stored.epoch, f.stream, f.seq, f)
  // Of an epoch that is over only what was heard is left.
  for (const [place, { told: [name, { stream, seq, at, body }] }] of heard) if (!place.startsWith(`${stored.epoch} `)) add(place.split(' ')[0] as string, stream as string, seq as number, { at, name, body })
  for (const list of all.values()) list.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : (a.seq ?? 0) - (b.seq ?? 0)))
  return all
}

/** When an answer is on the board, and from when on it may be named. */
export function boards(heard: Frames, stored: Stored) {
  const byPrompt = events(heard, stored)
  const of = (epoch: string, promptId: string) => byPrompt.get(`${epoch} ${promptId}`) ?? []
  return {
    /** The spans of the class's stream in which its words are on the board. */
    spans(epoch: string, promptId: string, messageId: string): Span[] {
      const spans: Span[] = []
      let [revealed, hidden] = [false, false]
      for (const { seq, name, body } of of(epoch, promptId)) {
        if (name === 'coldcall:revealed') revealed ||= body.messageIds === null || body.messageIds.includes(messageId)
        else if (name === 'coldcall:cancelled') revealed = false
        else if (body.messageId === messageId) hidden = body.hidden
        const open = spans.at(-1)?.to === NEVER ? spans.at(-1) : undefined
        if (seq === null || (revealed && !hidden) === Boolean(open)) continue
        if (open) open.to = seq
        else spans.push({ from: seq, to: NEVER })
      }
      return spans
    },
    /** From which place on anything was shown of the prompt. */
    firstReveal: (epoch: string, promptId: string): number => of(epoch, promptId).find((e) => e.name === 'coldcall:revealed')?.seq ?? NEVER,
  }
}
export type Boards = ReturnType<typeof boards>

/** Whether it was on the board at some place between these two. */
export const wasUp = (spans: readonly Span[], from: number, to: number): boolean => spans.some((s) => s.from <= to && from < s.to)
