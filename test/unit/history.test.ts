// The checker of histories can fail: a true history passes, and each forged one is caught, with a sentence that says why.
import { expect, test } from 'vitest'
import { type Came, judge, type Joined, type Log, type Sent, type Stored } from '../topology/history.ts'
import type { Role, Told } from '#kernel/contract'

const EPOCH = 'first'
const COHORT = '10000000-0000-4000-8000-000000000000'
const PROMPT = '20000000-0000-4000-8000-000000000000'
const id = (n: number) => `3000000${n}-0000-4000-8000-000000000000`
const CLASS = `cohort:${COHORT}`
const STAFF = `staff:${COHORT}`
const OK = <T>(data: T) => ({ ok: true as const, data })
const no = (code: string) => ({ ok: false as const, error: { code, message: 'No.' } })

const frame = (stream: string, seq: number, name: string, body: object): Told<any> => [name, { stream, seq, at: `2026-11-22T10:00:0${seq}.000Z`, body }]
const shownAs = (n: number, name: string, body: string, revealed: boolean) => ({ messageId: id(n), author: { memberId: id(n + 2), displayName: name }, body, revealed })
const opened = frame(CLASS, 1, 'coldcall:opened', { promptId: PROMPT, text: 'Why?', answers: [] })
const revealed = frame(CLASS, 2, 'coldcall:revealed', { promptId: PROMPT, messageIds: null, answers: [shownAs(1, 'Ada', 'because', true), shownAs(2, 'Ben', 'it rains', true)] })
const answered = [frame(STAFF, 1, 'coldcall:answered', { promptId: PROMPT, answers: [shownAs(1, 'Ada', 'because', false)] }), frame(STAFF, 2, 'coldcall:answered', { promptId: PROMPT, answers: [shownAs(2, 'Ben', 'it rains', false)] })]
const mine = (n: number, name: string, body: string) => frame(`user:${id(n + 4)}`, 1, 'coldcall:mine', { promptId: PROMPT, mine: shownAs(n, name, body, false) })

const joined = (role: Role, streams: Record<string, number>, more: Partial<Joined> = {}): Came => ['ack', 'cohort:join', OK({ role, epoch: EPOCH, streams, snapshot: { prompts: [] }, missed: null, ...more })]
const sent = (name: string, body: object, ack: Sent['ack']): Sent => ({ name, body, ack, epoch: EPOCH, sentAt: 0, ackedAt: ack && 1 })
const ASKED = { kind: 'text', options: null, batchNo: null, anonymous: false, revoteOf: null }
const member = (n: number, user: number) => ({ memberId: id(n), userId: id(user), role: 'learner', batchNo: null })
const key = (n: number) => `4000000${n}-0000-4000-8000-000000000000`

function learner(n: number, who: string, body: string): Log & { sent: Sent[]; wire: Came[] } {
  const ack = OK({ messageId: id(n), revision: 1 })
  return {
    who, userId: id(n + 4), cohortId: COHORT, isIn: true,
    sent: [sent('coldcall:answer', { promptId: PROMPT, body, key: key(n) }, ack)],
    wire: [joined('learner', { [CLASS]: 0, [`user:${id(n + 4)}`]: 0 }), ['push', [opened]], ['ack', 'coldcall:answer', ack], ['push', [mine(n, who, body)]], ['push', [revealed]]],
  }
}

/** A true history: a teacher, Ada and Ben; both answer, then all is shown. Fresh each time, to be forged. */
function history() {
  const [ada, ben] = [learner(1, 'Ada', 'because'), learner(2, 'Ben', 'it rains')]
  const asked = OK({ promptId: PROMPT })
  const teacher: typeof ada = {
    who: 'teacher', userId: id(9), cohortId: COHORT, isIn: true,
    sent: [sent('coldcall:open', { text: 'Why?', key: key(9) }, asked)],
    wire: [joined('instructor', { [CLASS]: 0, [STAFF]: 0 }), ['push', [opened]], ['push', answered], ['push', [revealed]]],
  }
  const told = [opened, revealed, ...answered, mine(1, 'Ada', 'because'), mine(2, 'Ben', 'it rains')]
  const row = (n: number, displayName: string, body: string) => ({ messageId: id(n), promptId: PROMPT, cohortId: COHORT, memberId: id(n + 2), userId: id(n + 4), displayName, body, choices: null, number: null, revision: 1 })
  const stored: Stored = {
    epoch: EPOCH,
    answers: [row(1, 'Ada', 'because'), row(2, 'Ben', 'it rains')],
    prompts: [{ promptId: PROMPT, cohortId: COHORT, ...ASKED, text: 'Why?', answered: 2 }],
    keys: [{ userId: ada.userId, key: key(1), outcome: ada.sent[0]!.ack }, { userId: ben.userId, key: key(2), outcome: ben.sent[0]!.ack }, { userId: teacher.userId, key: key(9), outcome: asked }],
    frames: structuredClone(told.map(([name, f]) => ({ stream: f.stream as string, seq: f.seq as number, name, body: f.body, at: f.at }))),
    heads: { [CLASS]: 2, [STAFF]: 2, [`user:${ada.userId}`]: 1, [`user:${ben.userId}`]: 1 },
    facts: [{ messageId: id(1), revision: 1 }, { messageId: id(2), revision: 1 }],
    members: [{ ...member(3, 5), batchNo: 1 }, { ...member(4, 6), batchNo: 2 }], picks: [],
  }
  return { ada, ben, teacher, stored }
}
type History = ReturnType<typeof history>
const verdict = ({ ada, ben, teacher, stored }: History, mercy = {}) => judge([teacher, ada, ben], stored, mercy)
const before = (log: { wire: Came[] }, came: Came) => void log.wire.splice(-1, 0, came)

test('a true history has nothing wrong with it', () => expect(verdict(history())).toEqual([]))

test('a true history with a lost line, a replay, a second try and a page that was read has nothing wrong with it', () => {
  const h = history()
  h.ada.sent.unshift({ ...h.ada.sent[0]!, ack: null }, { ...h.ada.sent[0]!, ack: no('unavailable') })
  h.ben.wire = [...h.ben.wire.slice(0, 2), ['asks', 'cohort:join'], ['push', [revealed]], joined('learner', { [CLASS]: 1, [`user:${h.ben.userId}`]: 1 }, { snapshot: null, missed: [mine(2, 'Ben', 'it rains')] }), ['push', [opened]], ['asks', 'cohort:join'], ['ack', 'cohort:join', no('unavailable')], ['ack', 'coldcall:answers', OK({ answers: [shownAs(1, 'Ada', 'because', true)], asOf: { [CLASS]: 2 } })], ['push', [revealed]]]
  expect(verdict(h)).toEqual([])
})

const forged: [string, (h: History) => void, RegExp][] = [
  ['an answer that was acked is not there', ({ stored }) => { stored.answers.pop(); stored.prompts[0]!.answered = 1 }, /answer of Ben was acked and is not stored/],
  ['an answer is there twice', ({ stored }) => { stored.answers.push({ ...stored.answers[0]!, messageId: id(8) }); stored.prompts[0]!.answered = 3 }, /Ada has 2 answers to one prompt/],
  ['another id is stored than was acked', ({ stored }) => { stored.answers[0]!.messageId = id(8) }, /acked as 30000001.* stored as 30000008/],
  ['an earlier revision is stored than was acked', ({ ada }) => { ada.sent[0]!.ack = OK({ messageId: id(1), revision: 2 }) }, /revision 2 of Ada was acked, and revision 1 is stored/],
  ['other words are stored than were acked', ({ ada }) => { ada.sent[0]!.body.body = 'therefore' }, /acked as "therefore" and is stored as "because"/],
  ['one answer counts as two', ({ stored }) => { stored.answers[0]!.revision = 2 }, /Ada sent 1 answers, and revision 2 is stored/],
  ['two answers are acked as one', ({ ada, stored }) => { ada.sent.push(sent('coldcall:answer', { promptId: PROMPT, body: 'because', key: key(5) }, ada.sent[0]!.ack)); stored.keys.push({ userId: ada.userId, key: key(5), outcome: ada.sent[0]!.ack }) }, /two answers of Ada were acked as revision 1/],
  ['the count is not what is there', ({ stored }) => { stored.prompts[0]!.answered = 3 }, /counts 3 answers, and 2 are stored/],
  ['an answer is recorded twice', ({ stored }) => { stored.facts.push(stored.facts[0]!) }, /recorded 2 times/],
  ['a key has two outcomes', ({ ada }) => { ada.sent.push({ ...ada.sent[0]!, ack: OK({ messageId: id(1), revision: 1, again: true }) }) }, /one key of Ada had different outcomes/],
  ['a key is refused after it was taken', ({ ada }) => { ada.sent.push({ ...ada.sent[0]!, ack: no('prompt_closed') }) }, /one key of Ada had different outcomes/],
  ['a key stores another outcome', ({ stored }) => { stored.keys[0]!.outcome = no('prompt_closed') }, /coldcall:answer of Ada was acked .* its key stores/],
  ['the key of an ack is not there', ({ stored }) => { stored.keys.shift() }, /its key is not stored/],
  ['an answer is there that nobody sent', ({ stored }) => { stored.answers.push({ ...stored.answers[0]!, promptId: id(7), body: 'hm' }) }, /"hm" of Ada is stored, and nobody sent it/],
  ['a prompt is there that nobody asked', ({ stored }) => { stored.prompts.push({ promptId: id(7), cohortId: COHORT, ...ASKED, text: 'Who?', answered: 0 }) }, /prompt "Who\?" is stored, and nobody asked it/],
  ['a key is there that nobody sent', ({ stored, ada }) => { stored.keys.push({ userId: ada.userId, key: key(7), outcome: {} }) }, /key 40000007.* is stored, and nobody sent it/],
  ['a stream has a hole', ({ stored }) => { stored.frames = stored.frames.filter((f) => !(f.stream === STAFF && f.seq === 1)) }, /staff:.* has a hole at 1/],
  ['a frame is beyond the head', ({ stored }) => { stored.heads[STAFF] = 1 }, /staff:.* 2 is beyond the head/],
  ['two heard different things at one place', ({ ben }) => { ben.wire[1] = ['push', [frame(CLASS, 1, 'coldcall:opened', { promptId: PROMPT, text: 'How?', answers: [] })]] }, /teacher and Ben heard different things|Ada and Ben heard different things/],
  ['another frame is stored than was heard', ({ stored }) => { stored.frames[0]!.body.text = 'How?' }, /teacher heard coldcall:opened .* another frame is stored/],
  ['what was heard is stored nowhere', ({ stored }) => { stored.frames.shift(); stored.heads[CLASS] = 0 }, /nothing is stored there/],
  ['somebody never heard the end', ({ ben }) => { ben.wire.pop() }, /Ben is at cohort:.* 1, and its head is 2/],
  ['somebody lives in another epoch', ({ ben }) => { ben.wire = [joined('learner', { [CLASS]: 0 }, { epoch: 'another' })] }, /Ben is in class in another epoch/],
  ['somebody is set back', ({ ben }) => { ben.wire.push(joined('learner', { [CLASS]: 1, [`user:${ben.userId}`]: 1 }), ['push', [revealed]]) }, /Ben was set back from cohort:.* 2 to 1/],
  ['a replay skips', ({ ben }) => { ben.wire.splice(1, 1, joined('learner', { [CLASS]: 2, [`user:${ben.userId}`]: 0 }, { snapshot: null, missed: [revealed] })) }, /Ben was told cohort:.* 2 as missed, having 0/],
  ['a replay tells again what was heard', ({ ben }) => { ben.wire.push(joined('learner', { [CLASS]: 2, [`user:${ben.userId}`]: 1 }, { snapshot: null, missed: [revealed] })) }, /Ben was told cohort:.* 2 as missed, having 2/],
  ['a replay stops short of the head that it names', ({ ben }) => { ben.wire.push(joined('learner', { [CLASS]: 4, [`user:${ben.userId}`]: 1 }, { snapshot: null, missed: [] })) }, /Ben was told that cohort:.* is at 4/],
  ['the words of another come early', ({ ben }) => before(ben, ['push', [['cohort:presence', { at: '', body: { online: 2, hint: 'because' } }]]]), /Ben heard "because" before the reveal, in cohort:presence/],
  ['words that were sent and replaced come early', ({ ada, ben }) => { ada.sent.unshift(sent('coldcall:answer', { promptId: PROMPT, body: 'no idea', key: key(5) }, null)); before(ben, ['push', [['cohort:presence', { at: '', body: { hint: 'no idea' } }]]]) }, /Ben heard "no idea" before the reveal/],
  ['the id of another comes early, hidden in a cursor', ({ ben }) => before(ben, ['ack', 'coldcall:answers', OK({ answers: [], next: `0.${id(1)}`, asOf: {} })]), /Ben heard the id of Ada's answer before the reveal, in the ack of coldcall:answers/],
  ['the author comes early', ({ ben }) => before(ben, ['push', [['coldcall:progress', { at: '', body: { promptId: PROMPT, answered: 1, last: { displayName: 'Ada' } } }]]]), /Ben heard that Ada has answered before the reveal/],
  ['the member comes early, as a key', ({ ben }) => before(ben, ['push', [['coldcall:progress', { at: '', body: { promptId: PROMPT, seen: { [id(3)]: true } } }]]]), /Ben heard that Ada has answered before the reveal/],
  ['a snapshot shows early', ({ ben }) => { ben.wire[0] = joined('learner', { [CLASS]: 0, [`user:${ben.userId}`]: 0 }, { snapshot: { prompts: [{ promptId: PROMPT, answers: [shownAs(1, 'Ada', 'because', true)] }] } }) }, /Ben heard .* before the reveal, in the snapshot/],
  ['a push shows early to who is on the way in', ({ ben }) => { ben.wire.unshift(['push', [['cohort:presence', { at: '', body: { hint: 'because' } }]]]) }, /Ben heard "because" before the reveal/],
  ['a screen hears early', ({ ben }) => { ben.wire[0] = joined('screen', { [CLASS]: 0, [`user:${ben.userId}`]: 0 }); before(ben, ['push', [['cohort:presence', { at: '', body: { hint: 'because' } }]]]) }, /Ben heard "because" before the reveal/],
  ['a part is shown, and the rest comes with it', ({ ada, ben, teacher, stored }) => {
    const part = frame(CLASS, 2, 'coldcall:revealed', { ...revealed[1].body, messageIds: [id(2)] })
    for (const log of [ada, ben, teacher]) log.wire[log.wire.length - 1] = ['push', [part]]
    stored.frames[1]!.body = structuredClone(part[1].body)
  }, /Ben heard "because" before the reveal, in coldcall:revealed/],
]

test.each(forged)('[TP10] it is caught that %s', (_, forge, says) => {
  const h = history()
  forge(h)
  expect(verdict(h).join('\n')).toMatch(says)
})

test('staff may hear all of it at once', () => {
  const h = history()
  before(h.teacher, ['push', [['cohort:presence', { at: '', body: { hint: 'because' } }]]])
  expect(verdict(h)).toEqual([])
})

test('what a backup did not have may be forgotten, and only that', () => {
  const h = history()
  h.ben.wire.push(joined('learner', { [CLASS]: 2, [`user:${h.ben.userId}`]: 0 }, { epoch: 'restored' }))
  h.ada.wire.push(joined('learner', { [CLASS]: 2, [`user:${h.ada.userId}`]: 1 }, { epoch: 'restored' }))
  h.teacher.wire.push(joined('instructor', { [CLASS]: 2, [STAFF]: 2 }, { epoch: 'restored' }))
  const { stored } = h
  Object.assign(stored, { epoch: 'restored', answers: stored.answers.slice(0, 1), keys: stored.keys.filter((k) => k.key !== key(2)), facts: stored.facts.slice(0, 1) })
  stored.prompts[0]!.answered = 1
  stored.frames = stored.frames.filter((f) => f.stream !== `user:${h.ben.userId}`)
  stored.heads[`user:${h.ben.userId}`] = 0
  expect(verdict(h).join('\n')).toMatch(/answer of Ben was acked and is not stored/)
  expect(verdict(h, { forgets: [EPOCH] })).toEqual([])
})
