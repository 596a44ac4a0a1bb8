// A learner's paper: what is claimed, and that nothing written is lost.
import { expect, test } from 'vitest'
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { blank, change, choose, decided, figure, handIn, isUnsent, keepMine, keepTheirs, leave, looked, type Paper, phaseOf, rate, seen, sent, write } from '../../client/paper.ts'

const NOW = 1_000
const K1 = '00000000-0000-4000-8000-000000000001'
const K2 = '00000000-0000-4000-8000-000000000002'
const K3 = '00000000-0000-4000-8000-000000000003'
const empty = blank('prompt', 'cohort', NOW)
const written = (words: string, p: Paper = empty) => write(p, words, NOW)
const committed = (revision: number, answeredAt = '2026-11-22T14:03:22.000Z') => ({ ok: true as const, data: { revision, answeredAt } })
const refused = (code: string, details?: Record<string, unknown>) => ({ ok: false as const, error: { code, message: `${code}.`, ...(details && { details }) } })
const mine = (body: string, revision: number): Answer => ({
  messageId: 'm', author: null, body, choices: null, number: null, confidence: 2, revision, answeredAt: '2026-11-22T14:05:00.000Z',
  revealed: false, hidden: false, stars: 0, instructorStar: false,
})
const isIn = () => decided(sent(handIn(rate(written('the queue'), 2), K1, NOW)), K1, committed(1), K2, NOW)

test('ada writes, hands in, and it is in only once the server says so', () => {
  const out = handIn(rate(written('  the queue '), 3), K1, NOW)
  expect(out).toMatchObject({ draft: null, in: null, out: { key: K1, body: 'the queue', confidence: 3, replaces: 0 } })
  expect(phaseOf(out, false, true)).toBe('sending')
  expect(phaseOf(out, false, false)).toBe('kept')
  const done = decided(sent(out), K1, committed(1), K2, NOW)
  expect(done).toMatchObject({ out: null, in: { body: 'the queue', revision: 1, answeredAt: '2026-11-22T14:03:22.000Z' } })
  expect(phaseOf(done, false, true)).toBe('in')
})

test('nothing is handed in where nothing is written', () => {
  expect(handIn(written('  \n '), K1, NOW).out).toBeNull()
})

test('what nobody answered to stays on its way under the same key', () => {
  const out = sent(handIn(written('the queue'), K1, NOW))
  for (const code of ['unheard', 'unavailable', 'rate_limited', 'internal', 'unauthenticated']) {
    expect(decided(out, K1, refused(code), K2, NOW)).toBe(out)
  }
})

test('an outcome of an earlier key changes nothing', () => {
  const out = sent(handIn(written('the queue'), K2, NOW))
  expect(decided(out, K1, committed(1), K3, NOW)).toBe(out)
})

test('refused: the reason is said and the words stay', () => {
  const late = decided(sent(handIn(rate(written('too late'), 1), K1, NOW)), K1, refused('prompt_closed'), K2, 5_000)
  expect(late).toMatchObject({ draft: 'too late', confidence: 1, out: null, in: null, refused: { code: 'prompt_closed', at: 5_000 } })
  expect(phaseOf(late, true, true)).toBe('refused')
  expect(write(late, 'again', NOW).refused).toBeNull()
})

test('what was never sent can be taken back and handed in under another key', () => {
  const edited = change(handIn(written('one'), K1, NOW), NOW)
  expect(edited).toMatchObject({ draft: 'one', out: null })
  expect(handIn(write(edited, 'two', NOW), K2, NOW).out).toMatchObject({ key: K2, body: 'two' })
})

test('what may have been committed is decided first; then the change goes out over it', () => {
  const unsure = sent(handIn(written('one'), K1, NOW))
  const edited = write(change(unsure, NOW), 'two', NOW)
  expect(edited.out).toMatchObject({ key: K1, body: 'one' })
  const again = handIn(edited, K2, NOW)
  expect(again).toMatchObject({ again: true, draft: 'two', out: { key: K1 } })
  const next = decided(again, K1, committed(1), K3, NOW)
  expect(next).toMatchObject({ again: false, draft: null, in: { body: 'one', revision: 1 }, out: { key: K3, body: 'two', replaces: 1 } })
})

test('changing says which revision it goes over, also when another came in meanwhile', () => {
  const changing = write(change(isIn(), NOW), 'better', NOW)
  const elsewhere = seen(changing, mine('from the laptop', 2))
  expect(elsewhere.in).toMatchObject({ revision: 2 })
  expect(handIn(elsewhere, K2, NOW).out).toMatchObject({ replaces: 1 })
})

test('a conflict shows both, and either can be kept', () => {
  const sending = sent(handIn(write(change(isIn(), NOW), 'from the phone', NOW), K2, NOW))
  const two = decided(sending, K2, refused('conflict', { mine: mine('from the laptop', 2) }), K3, NOW)
  expect(two).toMatchObject({ draft: 'from the phone', theirs: { body: 'from the laptop', revision: 2 } })
  expect(phaseOf(two, false, true)).toBe('conflict')
  expect(keepTheirs(two)).toMatchObject({ draft: null, theirs: null, in: { body: 'from the laptop' } })
  expect(keepMine(two, K3, NOW).out).toMatchObject({ key: K3, body: 'from the phone', replaces: 2 })
})

test('a conflict that is not about the answer is a refusal', () => {
  const p = decided(sent(handIn(written('x'), K1, NOW)), K1, refused('conflict'), K2, NOW)
  expect(p).toMatchObject({ theirs: null, refused: { code: 'conflict' }, draft: 'x' })
})

test('an older word of the server does not undo a newer one', () => {
  const p = seen(isIn(), mine('second', 2))
  expect(seen(p, mine('first', 1))).toBe(p)
  expect(seen(p, null)).toBe(p)
})

test('what a restored database has forgotten is not claimed, and lies on the table again', () => {
  expect(looked(isIn(), null)).toMatchObject({ in: null, base: 0, draft: 'the queue', confidence: 2 })
  expect(looked(seen(isIn(), mine('second', 2)), mine('first', 1)).in).toMatchObject({ revision: 1, body: 'first' })
})

test('only what is neither in nor on its way is unsent', () => {
  expect(isUnsent(empty)).toBe(false)
  expect(isUnsent(written(' '))).toBe(false)
  expect(isUnsent(written('a'))).toBe(true)
  expect(isUnsent(change(isIn(), NOW))).toBe(false)
  expect(isUnsent(rate(change(isIn(), NOW), 3))).toBe(true)
  expect(isUnsent(leave(write(change(isIn(), NOW), 'b', NOW)))).toBe(false)
})

test('where time is up: in, refused or missed, and never writing', () => {
  expect(phaseOf(empty, true, true)).toBe('missed')
  expect(phaseOf(written('unsent'), true, true)).toBe('missed')
  expect(phaseOf(isIn(), true, true)).toBe('in')
  expect(phaseOf(change(isIn(), NOW), true, true)).toBe('in')
  expect(phaseOf(empty, false, true)).toBe('writing')
})

test('a choice is what is picked, in order, with the words as its reason', () => {
  const choice = blank('prompt', 'cohort', NOW, 'choice')
  expect(handIn(written('only a reason', choice), K1, NOW).out, 'nothing is picked').toBeNull()
  const one = choose(choose(choice, 2, false, NOW), 0, false, NOW)
  expect(one.picked).toEqual([0])
  const some = [2, 0, 3, 2].reduce((p, n) => choose(p, n, true, NOW), choice)
  expect(some.picked).toEqual([0, 3])
  expect(isUnsent(some)).toBe(true)
  const out = handIn(written(' because ', some), K1, NOW)
  expect(out).toMatchObject({ draft: null, picked: [], out: { choices: [0, 3], body: 'because', number: null } })
  expect(decided(sent(out), K1, committed(1), K2, NOW).in).toMatchObject({ choices: [0, 3], body: 'because' })
})

test('what was picked lies open again to be changed, and after a refusal', () => {
  const choice = blank('prompt', 'cohort', NOW, 'choice')
  const out = sent(handIn(choose(choice, 1, false, NOW), K1, NOW))
  const changing = change(decided(out, K1, committed(1), K2, NOW), NOW)
  expect(changing).toMatchObject({ draft: '', picked: [1] })
  expect(isUnsent(changing), 'the same as is in').toBe(false)
  expect(isUnsent(choose(changing, 2, false, NOW))).toBe(true)
  expect(leave(choose(changing, 2, false, NOW))).toMatchObject({ draft: null, picked: [], in: { choices: [1] } })
  expect(decided(out, K1, refused('prompt_closed'), K2, NOW)).toMatchObject({ draft: '', picked: [1], refused: { code: 'prompt_closed' } })
})

test('a number is what was understood of it, and nothing where nothing was', () => {
  const number = blank('prompt', 'cohort', NOW, 'number')
  expect(handIn(figure(number, '1,', null, NOW), K1, NOW).out).toBeNull()
  const zero = handIn(figure(number, '0', 0, NOW), K1, NOW)
  expect(zero.out).toMatchObject({ number: 0, body: null, choices: null })
  expect(change(zero, NOW)).toMatchObject({ number: 0, figure: null, draft: '' })
})

test('a choice without a reason that is in elsewhere is known to be in', () => {
  const chosen: Answer = { ...mine('', 2), body: null, choices: [1] }
  expect(seen(blank('prompt', 'cohort', NOW, 'choice'), chosen).in).toMatchObject({ choices: [1], body: null, revision: 2 })
})
