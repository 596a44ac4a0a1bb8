// The checker of histories on the rest of an hour: what is hidden, votes, batches, calls, and who was removed. A true history
// passes, and each forged one is caught.
import { expect, test } from 'vitest'
import type { Told } from '#kernel/contract'
import { type Came, judge, type Log, type Sent, type Stored } from '../topology/history.ts'

const COHORT = '10000000-0000-4000-8000-000000000000'
const [TEXT, VOTE, AGAIN] = [1, 2, 3].map((n) => `2000000${n}-0000-4000-8000-000000000000`) as [string, string, string]
const id = (n: number) => `3000000${n}-0000-4000-8000-000000000000`
const [CLASS, STAFF] = [`cohort:${COHORT}`, `staff:${COHORT}`]
const [ADA, BEN] = ['Ada', 'Ben'].map((displayName, n) => ({ memberId: id(n + 1), displayName })) as [Member, Member]
type Member = { memberId: string; displayName: string }
const USER: Record<string, string> = { Ada: id(4), Ben: id(5), teacher: id(6) }
const OK = <T>(data: T) => ({ ok: true as const, data })

let clock = 0
const frame = (stream: string, seq: number, name: string, body: object): Told<any> => [name, { stream, seq, at: `2026-11-22T10:00:${String(++clock).padStart(2, '0')}.000000Z`, body }]
const row = (messageId: string, member: Member, promptId: string, given: object) =>
  ({ messageId, promptId, cohortId: COHORT, ...member, userId: USER[member.displayName]!, body: null, choices: null, number: null, revision: 1, ...given })
const sent = (name: string, body: object, data: object): Sent => ({ name, body, ack: OK(data), epoch: 'first', sentAt: 0, ackedAt: 1 })
let keys = 0
const key = () => `4000${String(++keys).padStart(4, '0')}-0000-4000-8000-000000000000`

/** Ada and Ben answer; Ben's is hidden before the reveal, shown, and hidden again. Then they vote twice; Ada is called and
 *  passes, Ben is called; at the end Ben is removed. */
function history() {
  clock = 0
  const rows = [row(id(7), ADA, TEXT, { body: 'because' }), row(id(8), BEN, TEXT, { body: 'it rains' }),
    row('50000001-0000-4000-8000-000000000000', ADA, VOTE, { choices: [0] }), row('50000002-0000-4000-8000-000000000000', BEN, VOTE, { choices: [1] }),
    row('50000003-0000-4000-8000-000000000000', ADA, AGAIN, { choices: [1] })]
  const shown = (n: number) => ({ messageId: rows[n]!.messageId, author: n % 2 === 0 ? ADA : BEN, body: rows[n]!.body, revealed: true })
  const hides = (stream: string, seq: number, hidden: boolean, answer: object | null = null) => frame(stream, seq, 'coldcall:hidden', { promptId: TEXT, messageId: id(8), hidden, answer })
  const staff = [hides(STAFF, 1, true)]
  const said = [
    frame(CLASS, 1, 'coldcall:revealed', { promptId: TEXT, messageIds: null, answers: [shown(0)], tally: null }),
    hides(CLASS, 2, false, shown(1)),
    hides(CLASS, 3, true),
    frame(CLASS, 4, 'coldcall:revealed', { promptId: VOTE, messageIds: null, answers: [shown(2), { ...shown(3), author: BEN }], tally: [1, 1] }),
    frame(CLASS, 5, 'coldcall:revealed', { promptId: AGAIN, messageIds: null, answers: [{ ...shown(4), author: ADA }], tally: [0, 1] }),
    frame(CLASS, 6, 'coldcall:picked', { pickId: id(1), member: ADA, promptId: null }),
    frame(CLASS, 7, 'coldcall:picked', { pickId: id(2), member: BEN, promptId: null }),
  ]
  const gone = frame(`user:${USER.Ben}`, 1, 'cohort:removed', { cohortId: COHORT })
  const joined = (who: string, role: string, more: object = {}): Came => ['ack', 'cohort:join', OK({ role, epoch: 'first', streams: { [CLASS]: 0, [`user:${USER[who]}`]: 0, ...(role === 'instructor' && { [STAFF]: 0 }) }, snapshot: { prompts: [] }, missed: null, ...more }) as never]
  const log = (who: string, role: string, all: Sent[], wire: Came[]): Log & { sent: Sent[]; wire: Came[] } => ({
    who, userId: USER[who]!, cohortId: COHORT, isIn: who !== 'Ben', sent: all, wire: [joined(who, role), ...wire, ...all.map((s): Came => ['ack', s.name, s.ack!])],
  })
  const answer = (r: (typeof rows)[number]) => sent('coldcall:answer', { promptId: r.promptId, body: r.body ?? undefined, choices: r.choices ?? undefined, key: key() }, { messageId: r.messageId, revision: 1 })
  const ada = log('Ada', 'learner', [answer(rows[0]!), answer(rows[2]!), answer(rows[4]!), sent('coldcall:pass', { pickId: id(1), key: key() }, { passesLeft: 1 }), sent('coldcall:shift', { promptId: AGAIN }, { from: [1, 1], to: [0, 1], moved: [[0, 1], [0, 0]] })], said.map((s) => ['push', [s]]))
  const ben = log('Ben', 'learner', [answer(rows[1]!), answer(rows[3]!)], [...said.map((s): Came => ['push', [s]])])
  ben.wire.push(['push', [gone]])
  const teacher = log('teacher', 'instructor', [
    ...['Why?', 'Which?', 'Which?'].map((text, n) => sent('coldcall:open', { text, key: key() }, { promptId: [TEXT, VOTE, AGAIN][n] })),
    ...[ADA, BEN].map((member, n) => sent('coldcall:pick', { key: key() }, { pickId: id(n + 1), member })),
  ], [...staff, ...said].map((s) => ['push', [s]]))
  const prompt = (promptId: string, text: string, answered: number, more: object = {}) => ({ promptId, cohortId: COHORT, text, answered, kind: 'choice', options: ['Yes', 'No'], batchNo: null, anonymous: false, revoteOf: null, ...more })
  const stored: Stored = {
    epoch: 'first', answers: rows, heads: { [CLASS]: 7, [STAFF]: 1, [`user:${USER.Ben}`]: 1 }, facts: [],
    prompts: [prompt(TEXT, 'Why?', 2, { kind: 'text', options: null }), prompt(VOTE, 'Which?', 2), prompt(AGAIN, 'Which?', 1, { revoteOf: VOTE })],
    keys: [ada, ben, teacher].flatMap((l) => l.sent.filter((s) => s.name !== 'coldcall:shift').map((s) => ({ userId: l.userId, key: s.body.key, outcome: s.ack }))),
    frames: structuredClone([...said, ...staff, gone].map(([name, f]) => ({ stream: f.stream as string, seq: f.seq as number, name, body: f.body, at: f.at }))),
    members: [ADA, BEN].map((m, n) => ({ memberId: m.memberId, userId: USER[m.displayName]!, role: 'learner', batchNo: n + 1 })),
    picks: [ADA, BEN].map((m, n) => ({ pickId: id(n + 1), ...m, sessionId: null, batchNo: null, passed: n === 0 })),
  }
  return { ada, ben, teacher, stored, said }
}
type History = ReturnType<typeof history>
const verdict = ({ ada, ben, teacher, stored }: History) => judge([teacher, ada, ben], stored)
/** After the frame of the class with this number. */
const after = (log: { wire: Came[] }, seq: number, came: Came) => void log.wire.splice(1 + seq, 0, came)
const hint = (body: object): Came => ['push', [['cohort:presence', { at: '', body }]]] as never

test('a true hour has nothing wrong with it', () => expect(verdict(history())).toEqual([]))

test('what was read before it was hidden may come after it, and what was missed is told as it was', () => {
  const h = history()
  after(h.ada, 3, ['ack', 'coldcall:answers', OK({ answers: [{ messageId: id(8), body: 'it rains', author: BEN }], asOf: { [CLASS]: 2 } })])
  expect(verdict(h)).toEqual([])
})

const forged: [string, (h: History) => void, RegExp][] = [
  ['what was hidden before the reveal is revealed with the others', ({ ada }) => after(ada, 1, hint({ note: 'it rains' })), /Ada heard "it rains" before the reveal/],
  ['what is hidden is shown', ({ ada }) => after(ada, 3, hint({ note: 'it rains' })), /Ada heard "it rains" while it is hidden/],
  ['a hiding carries the words', ({ said }) => { said[2]![1].body.answer = { body: 'it rains' } }, /Ada heard "it rains" while it is hidden, in coldcall:hidden|another frame is stored/],
  ['a page shows what is hidden', ({ ada }) => after(ada, 3, ['ack', 'coldcall:answers', OK({ answers: [{ messageId: id(8), body: 'it rains' }], asOf: { [CLASS]: 3 } })]), /"it rains" while it is hidden, in the ack of coldcall:answers/],
  ['the counts of a vote come early', ({ ada }) => after(ada, 3, hint({ promptId: VOTE, tally: [1, 1] })), /Ada heard the tally of a prompt before the reveal/],
  ['what is right comes early', ({ ada }) => after(ada, 3, hint({ promptId: VOTE, correct: [1] })), /Ada heard the correct of a prompt before the reveal/],
  ['how the class moved comes early', ({ ada }) => { const [shift] = ada.wire.splice(-1, 1); after(ada, 4, shift!) }, /Ada heard how the class moved before both votes/],
  ['who wrote one without a name is said', ({ stored }) => { stored.prompts[0]!.anonymous = true }, /Ada heard that Ben has answered/],
  ['a vote is counted wrongly', ({ said, stored }) => { said[3]![1].body.tally = [2, 0]; stored.frames[3]!.body.tally = [2, 0] }, /"Which\?" was counted as \[2,0\], and is \[1,1\]/],
  ['a shift is told wrongly', ({ ada }) => { (ada.sent.at(-1)!.ack as any).data.from = [2, 0] }, /Ada was told that the class went from \[2,0\]/],
  ['one who did not vote twice is moved', ({ ada }) => { (ada.sent.at(-1)!.ack as any).data.moved = [[0, 1], [1, 0]] }, /told of 2 who voted twice, and there are 1/],
  ['a second vote is on something else', ({ stored }) => { stored.prompts[2]!.revoteOf = TEXT }, /asked again as a choice, and was a text/],
  ['a second vote is on nothing', ({ stored }) => { stored.prompts[2]!.revoteOf = id(9) }, /is asked again, and was never asked/],
  ['somebody of another batch answers', ({ stored }) => { stored.prompts[0]!.batchNo = 1 }, /Ben of batch 2 answered what batch 1 was asked/],
  ['other options are stored than were acked', ({ ada }) => { ada.sent[1]!.body.choices = [1] }, /of Ada was acked as "1" and is stored as "0"/],
  ['a call is not in the ledger', ({ stored }) => { stored.picks.pop() }, /Ben is called, and the ledger does not know it/],
  ['a call has another in the ledger', ({ stored }) => { stored.picks[0]!.memberId = BEN.memberId }, /Ada is called, and the ledger has another/],
  ['a call is in the ledger that nobody asked for', ({ stored }) => { stored.picks.push({ ...stored.picks[0]!, pickId: id(3), passed: false }) }, /2 calls were asked for, and the ledger has 3/],
  ['a pass is not in the ledger', ({ stored }) => { stored.picks[0]!.passed = false }, /a pass was acked, and the ledger does not know it/],
  ['a pass is in the ledger that nobody said', ({ stored }) => { stored.picks[1]!.passed = true }, /Ben passed in the ledger, and never said so/],
  ['somebody passes three times', ({ stored }) => { stored.picks.push(...[7, 8].map((n) => ({ ...stored.picks[0]!, pickId: id(n) }))) }, /somebody passed 3 times/],
  ['somebody is called twice before another', ({ stored, teacher }) => {
    stored.picks[1] = { ...stored.picks[1]!, ...ADA }
    Object.assign((teacher.sent.at(-1)!.ack as any).data, { member: ADA })
  }, /Ada was called for the 2th time while somebody sat there who was called 0 times/],
  ['somebody of another batch is called', ({ stored }) => { stored.picks[1]!.batchNo = 1 }, /Ben was called about what batch 1 is asked/],
  ['who was removed goes on hearing', ({ ben, ada, teacher, stored }) => {
    clock += 5
    const late = frame(CLASS, 8, 'session:ended', {})
    for (const log of [ada, ben, teacher]) log.wire.push(['push', [late]])
    stored.frames.push({ stream: CLASS, seq: 8, name: late[0], body: {}, at: late[1].at })
    stored.heads[CLASS] = 8
  }, /Ben was removed and heard session:ended/],
  ['who was removed comes in again', ({ ben }) => { ben.wire.push(['ack', 'coldcall:star', OK({})]) }, /Ben was removed, and coldcall:star was acked/],
]

test.each(forged)('[TP10] it is caught that %s', (_, forge, says) => {
  const h = history()
  forge(h)
  expect(verdict(h).join('\n')).toMatch(says)
})
