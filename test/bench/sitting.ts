// The load of D1: everybody has a quiz before them and hands it in; somebody watches the board meanwhile.
import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { mergePatch } from '../helpers/watcher.ts'
import { answers, nowMs } from './answering.ts'
import { Line } from './line.ts'

const AT_ONCE = 50
const SETTLES = 10_000
type Sheet = { attemptId: string; answers: { questionId: string; answer: { optionIds: string[] } }[] }
type Board = { board: any; n: number }
let lines: Line[] = []
let sheets: Sheet[] = []
let staff: Line | undefined
let seen: Board = { board: {}, n: 0 }
let moved: number[] = []
let gaps = 0

const inTurns = async <T>(list: readonly T[], each: (one: T, i: number) => Promise<void>) => {
  for (let i = 0; i < list.length; i += AT_ONCE) await Promise.all(list.slice(i, i + AT_ONCE).map((one, j) => each(one, i + j)))
}

answers({
  async come({ url, auths, join }: { url: string; auths: object[]; join: object | null }) {
    lines = []
    await inTurns(auths, async (auth, i) => {
      const line = await Line.open(url, 'socket.io', auth)
      if (join) await line.asks('cohort:join', join)
      lines[i] = line
    })
  },
  /** Each begins the quiz, and knows what is right. */
  begin: (quiz: { quizId: string; cohortId: string }) => inTurns(lines, async (line, i) => {
    const { attemptId, questions } = await line.asks('quiz:start', quiz)
    sheets[i] = { attemptId, answers: questions.map((q: any) => ({ questionId: q.questionId, answer: { optionIds: [q.options.find((o: any) => o.text === 'right').optionId] } })) }
  }),
  /** What each has before them, where nobody is asked for it. */
  sheets({ list }: { list: Sheet[] }) {
    sheets = list
  },
  async watch({ url, auth, cohortId }: { url: string; auth: object; cohortId: string }) {
    staff = await Line.open(url, 'socket.io', auth)
    staff.hear = (data) => {
      const text = data.toString()
      for (const [name, { body }] of JSON.parse(text.slice(text.indexOf('[')))[1]) {
        if (name !== 'dashboard:patch' || body.n <= seen.n) continue
        if (body.n !== seen.n + 1) gaps++
        seen = { board: mergePatch(seen.board, body.patch), n: body.n }
        moved.push(nowMs())
      }
    }
    seen = await staff.asks('dashboard:watch', { cohortId })
    moved = []
  },
  /** All hand it in within `over` ms. Tells of each how long the ack took, and how long after it the push that a module opened came;
   *  below 0: it came first. */
  submit: ({ over, opens }: { over: number; opens: boolean }) => new Promise<{ took: number[]; opened: number[] }>((resolve, reject) => {
    const took: number[] = []
    const opened: number[] = []
    let left = lines.length * (opens ? 2 : 1)
    const done = () => { if (--left === 0) resolve({ took, opened }) }
    for (const [i, line] of lines.entries()) {
      let ackedAt = 0
      let openedAt = 0
      const both = () => { if (ackedAt > 0 && openedAt > 0) opened.push(openedAt - ackedAt) }
      line.hear = (data) => {
        if (!opens || openedAt > 0 || !data.includes('"module:unlocked"')) return
        openedAt = nowMs()
        both()
        done()
      }
      setTimeout(() => {
        const began = nowMs()
        line.send('quiz:submit', { ...sheets[i], key: randomUUID() }, (outcome) => {
          if (!outcome.ok) return reject(new Error(JSON.stringify(outcome.error)))
          ackedAt = nowMs()
          took.push(ackedAt - began)
          both()
          done()
        })
      }, (over * i) / lines.length)
    }
  }),
  /** Once nothing moves: whether the board that was patched is what one is that is read anew, and when it moved. */
  async board({ cohortId, passed }: { cohortId: string; passed: number }) {
    const until = nowMs() + SETTLES
    while (seen.board.totals.passed !== passed && nowMs() < until) await new Promise((next) => setTimeout(next, 20))
    const then = seen.board
    await staff?.asks('dashboard:unwatch', { cohortId })
    const fresh: Board = await staff?.asks('dashboard:watch', { cohortId })
    return { exact: isDeepStrictEqual(then, fresh.board), passed: then.totals.passed, gaps, moved }
  },
})
