// What is asked of some, and what is counted: who answered was asked, a second vote is the first one's question, and every count
// that was told is that of the answers that are stored. What was revealed takes no more answers, so it is the final one.
import { isDeepStrictEqual } from 'node:util'
import type { Log, Stored, StoredAnswer, StoredPrompt } from './history.ts'

export function votes(logs: readonly Log[], stored: Stored): string[] {
  const prompts = new Map(stored.prompts.map((p) => [p.promptId, p]))
  const answers = (promptId: string) => stored.answers.filter((a) => a.promptId === promptId)
  return [...batches(stored, prompts), ...revotes(stored, prompts), ...tallies(stored, prompts, answers), ...shifts(logs, prompts, answers)]
}

type Prompts = ReadonlyMap<string, StoredPrompt>
type Answers = (promptId: string) => StoredAnswer[]

function batches(stored: Stored, prompts: Prompts): string[] {
  const batchOf = new Map(stored.members.map((m) => [m.memberId, m.batchNo]))
  return stored.answers.flatMap((a) => {
    const asked = prompts.get(a.promptId)?.batchNo ?? null
    return asked === null || batchOf.get(a.memberId) === asked ? [] : [`${a.displayName} of batch ${batchOf.get(a.memberId)} answered what batch ${asked} was asked`]
  })
}

function revotes(stored: Stored, prompts: Prompts): string[] {
  return stored.prompts.flatMap((p) => {
    if (p.revoteOf === null) return []
    const first = prompts.get(p.revoteOf)
    if (!first || first.cohortId !== p.cohortId) return [`"${p.text}" is asked again, and was never asked`]
    return first.kind === p.kind ? [] : [`"${p.text}" is asked again as a ${p.kind}, and was a ${first.kind}`]
  })
}

function tallies(stored: Stored, prompts: Prompts, answers: Answers): string[] {
  return stored.frames.flatMap(({ name, body }) => {
    const prompt = name === 'coldcall:revealed' ? prompts.get(body.promptId) : undefined
    if (prompt?.kind !== 'choice' || !prompt.options) return []
    const is = tallyOf(answers(prompt.promptId), prompt.options.length)
    return isDeepStrictEqual(body.tally, is) ? [] : [`"${prompt.text}" was counted as ${JSON.stringify(body.tally)}, and is ${JSON.stringify(is)}`]
  })
}

/** Of those that a learner was told: both votes were final by then. */
function shifts(logs: readonly Log[], prompts: Prompts, answers: Answers): string[] {
  const wrong = new Set<string>()
  for (const log of logs) {
    if (!log.wire.some((came) => came[0] === 'ack' && came[1] === 'cohort:join' && came[2].ok && came[2].data.role === 'learner')) continue
    for (const { name, body, ack } of log.sent) {
      if (name !== 'coldcall:shift' || !ack?.ok) continue
      const second = prompts.get(body.promptId)
      const first = prompts.get(second?.revoteOf ?? '')
      if (first?.kind !== 'choice' || !first.options || !second?.options) continue
      const [then, now] = [answers(first.promptId), answers(second.promptId)]
      const from = tallyOf(then, first.options.length)
      const to = tallyOf(now, second.options.length)
      if (!isDeepStrictEqual([ack.data.from, ack.data.to], [from, to])) wrong.add(`${log.who} was told that the class went from ${JSON.stringify(ack.data.from)} to ${JSON.stringify(ack.data.to)}, and it went from ${JSON.stringify(from)} to ${JSON.stringify(to)}`)
      const both = now.filter((a) => then.some((b) => b.memberId === a.memberId)).length
      const moved: number | null = ack.data.moved?.flat().reduce((n: number, m: number) => n + m, 0) ?? null
      if (moved !== null && moved !== both) wrong.add(`${log.who} was told of ${moved} who voted twice, and there are ${both}`)
    }
  }
  return [...wrong]
}

const tallyOf = (list: readonly StoredAnswer[], options: number): number[] => Array.from({ length: options }, (_, i) => list.filter((a) => a.choices?.includes(i)).length)
