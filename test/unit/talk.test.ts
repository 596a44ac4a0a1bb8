// A talk with the tutor folds the same whatever order it is told in, and knows what it missed.
import { describe, expect, it } from 'vitest'
import { lifted } from '../../client/tutor/formulas.ts'
import { none, pieces, spoken, unfinished } from '../../client/tutor/pieces.ts'
import { between } from '../../client/tutor/quoted.ts'
import { empty, missed, read, resumes, type Talk, type Told, told, underWay } from '../../client/tutor/talk.ts'
import type { Message } from '../../client/tutor/wire.ts'

const CHAT = 'c1'
const quota = { used: 1, limit: 40, until: null }
const asked = (messageId: string, seq: number, text: string, chatId = CHAT): Told => ({ name: 'tutor:asked', body: { chatId, courseId: 'k', title: 'T', questionId: `q-${messageId}`, messageId, seq, text, quota, moduleNo: 0 } })
const delta = (messageId: string, n: number, text: string): Told => ({ name: 'tutor:delta', body: { messageId, n, text } })
const done = (messageId: string, text: string, chatId = CHAT): Told => ({ name: 'tutor:done', body: { chatId, messageId, text, mode: 'model', citations: [], finish: 'stop', reason: null, nearest: [] } })
const row = (m: Partial<Message> & { messageId: string; seq: number }): Message => ({ chatId: CHAT, role: 'assistant', text: '', at: '2026-01-01T00:00:00.000Z', state: 'settled', n: 0, mode: null, finish: null, reason: null, citations: [], nearest: [], error: null, helpful: null, passedOn: null, ...m })
const all = (talk: Talk, list: readonly Told[]): Talk => list.reduce((t, s) => told(t, s), talk)
const said = (talk: Talk) => talk.messages.map((m) => [m.seq, m.role, m.state, m.text])
/** The same dice each time. */
const dice = (seed: number) => () => { seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff; return seed / 0x7fffffff }
const shuffled = <T>(list: readonly T[], roll: () => number): T[] => list.map((v) => [roll(), v] as const).sort((a, b) => a[0] - b[0]).map(([, v]) => v)

describe('a talk', () => {
  it('[TS2] is the same in whatever order it is told, and however often', () => {
    const words = Array.from({ length: 12 }, (_, i) => `w${i} `)
    const story = [asked('a', 1, 'one'), ...words.map((w, i) => delta('a', i + 1, w)), asked('b', 3, 'two'), ...words.slice(0, 5).map((w, i) => delta('b', i + 1, w)), done('a', words.join('')), asked('x', 1, 'elsewhere', 'other'), delta('x', 1, 'no'), done('x', 'no', 'other')]
    const whole = said(all(empty(CHAT), story))
    expect(whole).toEqual([[1, 'user', 'settled', 'one'], [2, 'assistant', 'settled', words.join('')], [3, 'user', 'settled', 'two'], [4, 'assistant', 'streaming', words.slice(0, 5).join('')]])
    for (let seed = 1; seed <= 200; seed++) {
      const roll = dice(seed)
      const talk = all(empty(CHAT), shuffled([...story, ...story.filter(() => roll() < 0.3)], roll))
      expect(said(talk), `seed ${seed}`).toEqual(whole)
      expect(missed(talk), `seed ${seed}`).toEqual([])
    }
  })

  it('[TS2] what is lost is heard again from where it stopped, and then it is whole', () => {
    const words = Array.from({ length: 30 }, (_, i) => `w${i} `)
    for (let seed = 1; seed <= 200; seed++) {
      const roll = dice(seed)
      let talk = told(empty(CHAT), asked('a', 1, 'one'))
      const lost = words.map(() => roll() < 0.25)
      words.forEach((w, i) => {
        if (lost[i]) return
        talk = told(talk, delta('a', i + 1, w))
        const [gap] = missed(talk)
        expect(gap?.after ?? -1).toBe(gap ? underWay(talk)?.n : -1)
        if (gap && roll() < 0.4) for (let n = gap.after + 1; n <= i + 1; n++) talk = told(talk, delta('a', n, words[n - 1]!))
      })
      for (const { after } of resumes(talk)) for (let n = after + 1; n <= words.length; n++) talk = told(talk, delta('a', n, words[n - 1]!))
      expect(underWay(talk), `seed ${seed}`).toMatchObject({ text: words.join(''), n: words.length })
      expect(missed(talk)).toEqual([])
    }
  })

  it('[TS2] a piece that came twice changes nothing, one after the end neither', () => {
    const talk = all(empty(CHAT), [asked('a', 1, 'one'), delta('a', 1, 'x'), delta('a', 1, 'x')])
    expect(told(talk, delta('a', 1, 'x')).messages).toEqual(talk.messages)
    const ended = told(talk, done('a', 'whole'))
    expect(said(told(ended, delta('a', 2, 'late')))).toEqual([[1, 'user', 'settled', 'one'], [2, 'assistant', 'settled', 'whole']])
  })

  it('[TS2] what is read again never takes back what was heard since', () => {
    let talk = all(empty(CHAT), [asked('a', 1, 'one'), delta('a', 1, 'x '), delta('a', 2, 'y ')])
    const before = [row({ messageId: 'a', seq: 2, state: 'streaming', text: 'x ', n: 1 }), row({ messageId: 'q-a', seq: 1, role: 'user', text: 'one' })]
    expect(underWay(read(talk, before, null, null))).toMatchObject({ n: 2, text: 'x y ' })
    talk = told(talk, done('a', 'x y z'))
    expect(said(read(talk, before, null, null)).at(-1)).toEqual([2, 'assistant', 'settled', 'x y z'])
  })

  it('[TS2] what was missed while the line was gone is read: pages join, and a hole is never left between them', () => {
    const page = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => row({ messageId: `m${from + i}`, seq: from + i, text: `${from + i}` })).reverse()
    let talk = read(empty(CHAT), page(41, 80), '41', null)
    expect([talk.messages.length, talk.next]).toEqual([40, '41'])
    talk = read(talk, page(1, 40), null, '41')
    expect([talk.messages.length, talk.messages[0]?.seq, talk.next]).toEqual([80, 1, null])
    expect(read(talk, page(43, 82), '43', null).messages.length).toBe(82)
    const torn = read(talk, page(121, 160), '121', null)
    expect([torn.messages[0]?.seq, torn.messages.length, torn.next]).toEqual([121, 40, '121'])
  })

  it('[TS2] a new talk is one’s own by what was asked in it; another device’s is not', () => {
    expect(told(empty(null), asked('a', 1, 'mine', 'n'), 'mine').chatId).toBe('n')
    const other = told(empty(null), asked('a', 1, 'theirs', 'n'), 'mine')
    expect([other.chatId, other.quota, told(other, delta('a', 1, 'x')).ahead]).toEqual([null, quota, {}])
  })

  it('[TS2] a failure, a reply, a rating and a deletion are told too', () => {
    const talk = all(empty(CHAT), [
      asked('a', 1, 'one'), delta('a', 1, 'x'), { name: 'tutor:failed', body: { chatId: CHAT, messageId: 'a', error: { code: 'broke_off', message: 'It broke.' }, text: 'x', quota: { ...quota, used: 0 } } },
      { name: 'tutor:rated', body: { messageId: 'a', helpful: false } }, { name: 'tutor:replied', body: { messageId: 'a', answer: 'So', answeredAt: '2026-01-02T00:00:00.000Z' } },
    ])
    expect(talk.messages[1]).toMatchObject({ state: 'failed', text: 'x', helpful: false, error: { code: 'broke_off' }, passedOn: { answer: 'So' } })
    expect(talk.quota?.used).toBe(0)
    expect(told(talk, { name: 'tutor:forgot', body: { chatId: 'other' } }).gone).toBe(false)
    expect(told(talk, { name: 'tutor:forgot', body: { chatId: CHAT } }).gone).toBe(true)
  })
})

describe('what an answer says', () => {
  const TEXT = '# One\n\nA paragraph\nof two lines.\n\n1. an item\n\n   with code below\n\n   ```py\n   x = 1\n\n   y = 2\n   ```\n2. another\n\n```\nopen\n\nfence\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nThe end.'

  it('[TS3] grows block by block: what is whole is never read again, and the end is as if it had come at once', () => {
    const once = pieces(TEXT)
    expect(once.whole.length).toBeGreaterThan(3)
    let now = none
    for (let n = 1; n <= TEXT.length; n++) {
      const next = pieces(TEXT.slice(0, n), now)
      expect(next.whole.slice(0, now.whole.length)).toEqual(now.whole)
      expect(next.whole.join('') + next.open).toBe(TEXT.slice(0, n))
      now = next
    }
    expect(now).toEqual(once)
    expect(once.whole.some((b) => b.includes('x = 1') && b.includes('another')), 'a list is one block').toBe(true)
  })

  it('[TS3] a mark that is half written is not shown, and is not heard at all', () => {
    expect([unfinished('so it is [1'), unfinished('so it is ['), unfinished('a [1] b')]).toEqual(['so it is', 'so it is', 'a [1] b'])
    expect(spoken('**So** it is [1].\n\n- and `more` [12]')).toBe('So it is. - and more')
  })

  it('[TS4] formulas are taken out before the Markdown is read; code, money and dollars are left', () => {
    const of = (text: string) => lifted(text).formulas.map((f) => [f.tex, f.alone])
    expect(of('so $a_1 + b_1$ and \\(c\\)')).toEqual([['a_1 + b_1', false], ['c', false]])
    expect(of('$$\nx\n= y\n$$ and \\[z\\]')).toEqual([['x\n= y', true], ['z', true]])
    expect(of('`$a$` and ``` `$b$` ``` and\n```\n$c$\n```\n')).toEqual([])
    expect(of('it costs $5 and then $10, or \\$3 and \\$4')).toEqual([])
    expect(of('from $5 to some$')).toEqual([])
    expect(lifted('a $x$ b').text).toBe('a \uE0000\uE001 b')
    expect(lifted('\uE0009\uE001 $x$').formulas).toHaveLength(1)
  })

  it('[TS5] a quote is marked where it stands, behind the signs that make its line an item', () => {
    expect(between('One. Two is. Three.', 'Two is.')).toBe('One. \uE002Two is.\uE003 Three.')
    expect(between('- item\n- other', '- other')).toBe('- item\n- \uE002other\uE003')
    expect(between('nothing of it', 'elsewhere')).toBe('nothing of it')
  })
})
