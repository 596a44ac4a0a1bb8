// The prepared questions in the client: parted by topic, searched, moved, and carried into the composer and back.
import { expect, test } from 'vitest'
import { asOpened, blank, emptied } from '../../client/instructor/draft.ts'
import { matches, moved, numbered, sections, step, topicsOf } from '../../client/prepared/order.ts'
import { SAMPLES, sampled } from '../../client/prepared/samples.ts'
import type { Prepared } from '../../client/prepared/wire.ts'
import { asDraft, asSaid, isSame, isWritten } from '../../client/prepared/writing.ts'
import texts from '../../client/locales/staff/en.json' with { type: 'json' }
import { asWritten, lacks } from '../../server/features/prepared/question.ts'

const one = (preparedId: string, topicId: string | null, place: number, more: Partial<Prepared> = {}): Prepared => ({
  preparedId, topicId, place, text: preparedId, kind: 'text', options: null, correct: null, multiple: false, seconds: 90, anonymous: false, starBudget: 3, translations: [], lacks: null, version: 1, changedAt: '', changedBy: '', removedAt: null, asked: null, ...more,
})
const topics = topicsOf({ modules: [{ moduleNo: 1, title: 'M1', introduction: '', state: 'unlocked', unmet: [], topics: [{ topicId: 't1', topicNumber: 1, topicName: 'Sensors', percent: 0 }, { topicId: 't2', topicNumber: 2, topicName: 'Bits', percent: 0 }] }] })
const list = [one('a', 't2', 1), one('b', null, 1), one('c', 't1', 2), one('d', 't1', 1)]
const shape = (prompts: readonly Prepared[], search = '') => sections(prompts, topics, search).map((s) => [s.title, s.prompts.map((p) => p.preparedId).join('')])

test('[PP11] what is of no topic comes first, then topic by topic in the order of the course; none that is empty', () => {
  expect(shape(list)).toEqual([[null, 'b'], ['1.1 Sensors', 'dc'], ['1.2 Bits', 'a']])
  expect(sections([one('x', 'gone', 1), one('y', 'lost', 1), one('z', null, 1)], topics).map((s) => s.topicId), 'also where a topic is not known').toEqual([null, 'gone', 'lost'])
})

test('[PP11] it is found by its words, its options and its topic, whatever their case and their accents', () => {
  const p = one('p', null, 1, { text: 'Où est la CAFETIÈRE?', options: ['Dans le grenier'] })
  for (const search of ['cafetiere', 'CAFÉ où', 'grenier', '', '  ', 'sensors cafet']) expect(matches(p, '1.1 Sensors', search), search).toBe(true)
  for (const search of ['tea', 'cafetiere tea']) expect(matches(p, '1.1 Sensors', search), search).toBe(false)
  expect(shape(list, 'bits')).toEqual([['1.2 Bits', 'a']])
})

test('[PP13] one step goes within a topic, over its edge into the next one, and nowhere at the end', () => {
  const s = sections(list, topics)
  expect(step(s, 'd', 1)).toEqual({ topicId: 't1', afterId: 'c' })
  expect(step(s, 'c', -1)).toEqual({ topicId: 't1', afterId: null })
  expect(step(s, 'c', 1)).toEqual({ topicId: 't2', afterId: null })
  expect(step(s, 'd', -1)).toEqual({ topicId: null, afterId: 'b' })
  expect([step(s, 'b', -1), step(s, 'a', 1), step(s, 'nobody', 1)]).toEqual([null, null, null])
})

test('[PP13] every step that is shown beforehand is numbered without gaps, and the way back is the same way', () => {
  const walked = (by: 1 | -1) => {
    let now: Prepared[] = list
    const seen = [shape(now)]
    for (let to = step(sections(now, topics), by === 1 ? 'b' : 'a', by); to; to = step(sections(now, topics), by === 1 ? 'b' : 'a', by)) {
      now = moved(now, by === 1 ? 'b' : 'a', to)
      for (const section of sections(now, topics)) expect(section.prompts.map((p) => p.place)).toEqual(section.prompts.map((_, i) => i + 1))
      seen.push(shape(now))
    }
    return seen
  }
  expect(walked(1).map((s) => s.map(([, ids]) => ids).join('|'))).toEqual(['b|dc|a', 'bdc|a', 'dbc|a', 'dcb|a', 'dc|ba', 'dc|ab'])
  expect(walked(-1).map((s) => s.map(([, ids]) => ids).join('|'))).toEqual(['b|dc|a', 'b|dca', 'b|dac', 'b|adc', 'ba|dc', 'ab|dc'])
  expect(numbered(list, [{ preparedId: 'a', topicId: null, place: 2 }]).find((p) => p.preparedId === 'a')).toMatchObject({ topicId: null, place: 2 })
})

test('[PP11] a question fills the composer with all its settings, is asked with them, and says which it was', () => {
  const p = one('p1', 't1', 1, { kind: 'choice', text: 'Which?', options: ['one', 'two', 'three'], correct: [0, 2], multiple: true, seconds: null, anonymous: true, starBudget: 5 })
  const draft = asDraft(p, { ...blank, batchNo: 2 })
  expect(asOpened('c', draft)).toEqual({ cohortId: 'c', text: 'Which?', kind: 'choice', options: ['one', 'two', 'three'], correct: [0, 2], multiple: true, anonymous: true, starBudget: 5, batchNo: 2, topicId: 't1', preparedId: 'p1' })
  expect(isSame(draft, p)).toBe(true)
  expect(isSame({ ...draft, text: 'Which one?' }, p)).toBe(false)
  const { preparedId: _, ...own } = asOpened('c', { ...draft, prepared: null })
  expect(own, 'one that was made its own names none').toEqual(asOpened('c', { ...draft, prepared: null }))
  expect(emptied(draft), 'its settings go with it').toEqual({ ...blank, batchNo: 2 })
})

test('[PP12] what is not whole yet is kept as it is, without its empty fields', () => {
  const draft = { ...blank, kind: 'choice' as const, options: [{ id: 1, text: ' ', right: true }, { id: 2, text: ' two ', right: true }], text: '  ' }
  expect(isWritten(draft)).toBe(true)
  expect(isWritten({ ...draft, kind: 'text' })).toBe(false)
  expect(asSaid(draft)).toMatchObject({ text: '', kind: 'choice', options: ['two'], correct: [0] })
  expect(asSaid({ ...draft, kind: 'text' })).toMatchObject({ options: null, correct: null, multiple: false })
})

test('[PP14] each sample is one that the list takes, and only the one to be filled in is a draft', () => {
  const kept = SAMPLES.map((s) => [s.id, asWritten(null, sampled(s, (id) => (texts as Record<string, string>)[id] ?? ''))] as const)
  expect(kept.filter(([, q]) => 'refused' in q)).toEqual([])
  expect(kept.filter(([, q]) => lacks(q as never) !== null).map(([id, q]) => [id, lacks(q as never)])).toEqual([['wrong', 'options']])
  expect(new Set(kept.map(([, q]) => (q as { text: string }).text)).size).toBe(SAMPLES.length)
})

test('[PP16] a question in several languages fills the composer with all of them, and is kept and asked in them', () => {
  const translations = [{ language: 'ar', text: 'أيهما؟', options: ['واحد', 'اثنان'] }, { language: 'es', text: '¿Cuál?', options: ['uno', 'dos'] }]
  const p = one('p1', null, 1, { kind: 'choice', text: 'Which?', options: ['one', 'two'], translations })
  const draft = asDraft(p)
  expect(asSaid(draft).translations).toEqual(translations)
  expect(asOpened('c', draft).translations).toEqual(translations)
  expect(isSame(draft, p)).toBe(true)
  const without = { ...draft, options: draft.options.slice(1) }
  expect(asSaid(without).translations.map((t) => t.options), 'an option that goes, goes in every language').toEqual([['اثنان'], ['dos']])
})
