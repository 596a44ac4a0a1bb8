// What an author does, without a page: rows that move, two orders that meet, a text and its saves, the toolbar.
import { describe, expect, it } from 'vitest'
import { type At, fresh, isWritten, lackOf, laid, statusAfter, wordsIn } from '../../client/author/cell.ts'
import { asBody, carried, dropped, lineOf, type Outline, rebased, stepped, withModule, withoutModule, withoutTopic } from '../../client/author/order.ts'
import { lines, saved } from '../../client/author/named.ts'
import { edited } from '../../client/author/toolbar.ts'

const t = (topicId: string) => ({ topicId, topicName: topicId.toUpperCase() })
const o = (...modules: [string, string[]][]): Outline => ({ modules: modules.map(([key, topics]) => ({ key, title: key, introduction: '', topics: topics.map(t) })), removed: [] })
const shape = (outline: Outline | null) => outline?.modules.map((m) => [m.key, m.topics.map((x) => x.topicId)])
const two = o(['m', ['a', 'b']], ['n', ['c']])

describe('the outline', () => {
  it('[AU2] a topic goes step by step through its module and over the edge into the next', () => {
    const down = (id: string, from = two) => shape(stepped(from, id, 1))
    expect([down('a'), down('b'), down('c')]).toEqual([[['m', ['b', 'a']], ['n', ['c']]], [['m', ['a']], ['n', ['b', 'c']]], undefined])
    expect([shape(stepped(two, 'c', -1)), shape(stepped(two, 'a', -1))]).toEqual([[['m', ['a', 'b', 'c']], ['n', []]], undefined])
    expect(shape(stepped(two, 'n', -1))).toEqual([['n', ['c']], ['m', ['a', 'b']]])
  })

  it('[AU2] what is dropped comes to stand where its line was, in every place of every module', () => {
    const to = (id: string, over: string) => [shape(dropped(two, id, over)), lineOf(two, id, over)]
    expect(to('a', 'b')).toEqual([[['m', ['b', 'a']], ['n', ['c']]], { id: 'b', side: 'after' }])
    expect(to('b', 'a')).toEqual([[['m', ['b', 'a']], ['n', ['c']]], { id: 'a', side: 'before' }])
    expect(to('a', 'c')).toEqual([[['m', ['b']], ['n', ['c', 'a']]], { id: 'c', side: 'after' }])
    expect(to('a', 'n')).toEqual([[['m', ['b']], ['n', ['a', 'c']]], { id: 'n', side: 'after' }])
    expect(to('c', 'b')).toEqual([[['m', ['a', 'b', 'c']], ['n', []]], { id: 'b', side: 'after' }])
    expect(to('m', 'c')).toEqual([[['n', ['c']], ['m', ['a', 'b']]], { id: 'c', side: 'after' }])
    expect(to('n', 'b')).toEqual([[['n', ['c']], ['m', ['a', 'b']]], { id: 'm', side: 'before' }])
    expect([to('m', 'a'), to('a', 'a')]).toEqual([[undefined, null], [undefined, null]])
  })

  it('[AU2] a module that was taken out and comes back is put anew, with its topics', () => {
    const without = withoutModule(two, 'n')
    expect([shape(without), without.removed]).toEqual([[['m', ['a', 'b']]], [t('c')]])
    expect(asBody(two, without, 7)).toEqual({ rowVersion: 7, modules: [{ chapterId: 'm', title: 'm', introduction: '', topics: ['a', 'b'] }, { title: 'n', introduction: '', topics: ['c'] }] })
  })

  it('[AU2] a wish made while a new module was on its way knows the key that it got', () => {
    const sent = withModule(two, 'new')
    const later = withModule(sent, 'newer')
    const came = o(['m', ['a', 'b']], ['n', ['c']], ['k', []])
    expect(carried(sent, came, later).modules.map((m) => m.key)).toEqual(['m', 'n', 'k', expect.stringMatching(/^new-/)])
  })

  it('[AU7] mine upon theirs is my order with what they added; what I took out stays out', () => {
    const theirs = o(['m', ['b', 'a', 'x']], ['n', ['c']], ['p', ['y']])
    const mine = withoutTopic(o(['n', ['c', 'b']], ['m', ['a']]), 'c')
    expect(shape(rebased(two, theirs, mine))).toEqual([['n', ['b']], ['m', ['a', 'x']], ['p', ['y']]])
  })
})

describe('a text', () => {
  const at = (more: Partial<At> = {}): At => ({ topicId: 't', contentKey: 'text', kind: 'text', personaKey: null, narrator: null, language: null, ...more })
  const stand = (markdown: string, rowVersion: number, more = {}) => ({ payload: { markdown }, rowVersion, status: 'reviewed' as const, stale: false, ...more })

  it('[AU7] read anew it follows where nobody writes, stays where somebody does, and shows both where both have changed', () => {
    const still = fresh(at(), stand('one', 1))
    const writing = { ...still, now: { markdown: 'mine' }, phase: 'waits' as const }
    expect(laid(still, stand('two', 2))).toMatchObject({ phase: 'still', now: { markdown: 'two' } })
    expect(laid(writing, stand('one', 1))).toMatchObject({ phase: 'waits', now: { markdown: 'mine' } })
    expect(laid(writing, stand('two', 2))).toMatchObject({ phase: 'conflict', now: { markdown: 'mine' }, theirs: { payload: { markdown: 'two' } } })
    expect(laid(writing, stand('mine', 2))).toMatchObject({ phase: 'still' })
    expect([isWritten(still), isWritten(writing)]).toEqual([false, true])
  })

  it('[AU4] what is missing is said: a file, an address that is one, what a picture shows', () => {
    const lacks = (kind: At['kind'], payload: object, language: string | null = null) => lackOf(at({ kind, language }), payload)
    expect([lacks('image', {}), lacks('image', { fileId: 'f' }), lacks('image', { fileId: 'f', alt: '' }), lacks('video', { src: 'http://x.y' }), lacks('video', { src: 'https://x.y' })]).toEqual(['file', 'alt', null, 'address', null])
    expect([lacks('image', {}, 'es'), lacks('image', { alt: 'Un punto' }, 'es'), lacks('text', { markdown: '' }), lacks('text', { markdown: '' }, 'es'), lacks('name', { title: ' ' }, 'es')]).toEqual(['words', null, null, 'text', 'name'])
  })

  it('[AU6] what was checked stays so where its source is the same; all else is a draft once it is changed', () => {
    const of = (status: 'draft' | 'ai' | 'reviewed', stale = false) => statusAfter(fresh(at({ language: 'es' }), stand('x', 1, { status, stale })))
    expect([of('reviewed'), of('reviewed', true), of('ai'), of('draft')]).toEqual(['reviewed', 'draft', 'draft', 'draft'])
  })

  it('[AU3] words are counted in any script', () => expect([wordsIn('Two words.'), wordsIn('المستشعر يحوّل'), wordsIn('')]).toEqual([2, 2, 0]))
})

describe('the toolbar', () => {
  const use = (tool: Parameters<typeof edited>[0], text: string) => {
    const [start, end] = [text.indexOf('['), text.indexOf(']') - 1]
    const all = text.replace(/[[\]]/g, '')
    const e = edited(tool, all, start, end)
    const now = all.slice(0, e.from) + e.text + all.slice(e.to)
    return `${now.slice(0, e.from + e.select[0])}[${now.slice(e.from + e.select[0], e.from + e.select[1])}]${now.slice(e.from + e.select[1])}`
  }
  it('[AU3] marks what is chosen, and takes the mark away again', () => {
    expect([use('bold', 'a [b] c'), use('bold', 'a **[b]** c'), use('italic', 'a *[b]* c'), use('italic', 'a **[b]** c'), use('code', '[x]')]).toEqual(['a **[b]** c', 'a [b] c', 'a [b] c', 'a ***[b]*** c', '`[x]`'])
    expect([use('list', 'a\n[b\nc]'), use('list', '[- a]'), use('heading', '[a]'), use('heading', '## [a]')]).toEqual(['a\n[- b\n- c]', '[a]', '[## a]', '[a]'])
    expect(edited('link', 'see it', 4, 6)).toEqual({ from: 4, to: 6, text: '[it](https://)', select: [5, 13] })
    expect(edited('code', 'a\nb', 0, 3).text).toBe('```\na\nb\n```')
  })
})

describe('names in another language', () => {
  const how = { status: 'ai' as const, stale: true, rowVersion: 3 }
  const read = {
    course: { source: { title: 'Things', summary: 'All of them', introduction: '' }, said: { title: 'Cosas', summary: null, introduction: null, ...how } },
    modules: [{ moduleNo: 1, source: { title: 'One', introduction: 'First' }, said: { title: 'Uno', introduction: 'Primero', ...how } }, { moduleNo: 2, source: { title: 'Two', introduction: '' }, said: { title: null, introduction: null, status: null, stale: false, rowVersion: 0 } }],
  }
  const typed = (at: number, text: number, said: string) => lines(read).map((l, n) => (n === at ? { ...l, texts: l.texts.map((t, i) => (i === text ? { ...t, said } : t)) } : l))

  it('[AU7] only what was changed is saved, each against the version that was read; an emptied text is taken away', () => {
    expect(saved(lines(read), read)).toBeNull()
    expect(saved(typed(0, 1, 'Todas'), read)).toEqual({ rowVersion: 3, summary: 'Todas' })
    expect(saved(typed(2, 0, '  Dos '), read)).toEqual({ modules: [{ moduleNo: 2, rowVersion: 0, title: 'Dos' }] })
    expect(saved(typed(1, 1, ''), read)).toEqual({ modules: [{ moduleNo: 1, rowVersion: 3, introduction: null }] })
  })

  it('[AU6] what was looked at and found right is said again as it is', () => {
    expect(saved(lines(read), read, 1)).toEqual({ modules: [{ moduleNo: 1, rowVersion: 3, title: 'Uno', introduction: 'Primero' }] })
  })
})
