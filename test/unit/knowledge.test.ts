// What is handed on of what was found, what is quoted of it, and words of scripts without spaces.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { chosen } from '../../server/features/knowledge/choosing.ts'
import { isEnglish } from '../../server/features/knowledge/english.ts'
import { extract, sentencesOf } from '../../server/features/knowledge/extract.ts'
import { byLetters } from '../../server/features/knowledge/letters.ts'
import { isLike, spaced } from '../../server/features/knowledge/words.ts'

const passage = (chunkId: string, text: string, score = 0.5) => ({ chunkId, text, score, heading: 'Soil' })

describe('what is quoted', () => {
  it('[KN12] is the sentence that answers, with where it stands', () => {
    const text = 'Soil holds water. Moisture is measured by a capacitive sensor,\nwhich is put into the soil. Plants like light.'
    const [first] = extract('How is moisture measured?', [passage('a', text)])
    expect(first).toMatchObject({ chunkId: 'a', from: 18, to: 90, text: 'Moisture is measured by a capacitive sensor,\nwhich is put into the soil.' })
  })

  it('[KN17] counts another form of a word, and a nearer passage', () => {
    const near = passage('a', 'A hundred litres come to some 70 kilowatt hours of cooling. The leaves breathe it out.', 0.6)
    const far = passage('b', 'Most street trees get a flowerpot. The wind is cool.', 0.2)
    expect(extract('How does a tree cool?', [near, far])[0]?.text).toBe('A hundred litres come to some 70 kilowatt hours of cooling.')
    expect(extract('How does a tree cool?', [far, { ...near, score: 0.1 }])[0]?.chunkId).toBe('b')
    const told = passage('c', 'Above the old houses stand towers with slits: windcatchers. When the wind blows across, what comes out of the pipes stays, and is a nuisance.')
    expect(extract('What is a windcatcher?', [told])[1]?.worth, 'small words say nothing').toBe(0)
    for (const [a, b, is] of [['cool', 'cooling', true], ['tree', 'trees', true], ['measured', 'measures', true], ['street', 'stream', false], ['for', 'form', false], ['نبات', 'نباتات', true], ['水分', '水分', true]] as const) expect([a, b, isLike(a, b), isLike(b, a)]).toEqual([a, b, is, is])
  })

  it('[KN12] a sentence of a quotation goes on in its next line, and a row of a table is none', () => {
    const text = '> In a heat wave it is the\n> warm nights that fill hospitals.\n\n| narrow | warm nights |\n| --- | --- |\n| wide | nights |'
    const list = extract('What fills hospitals in warm nights?', [passage('a', text)], 5)
    expect(list.map((e) => e.text)).toEqual(['In a heat wave it is the\n> warm nights that fill hospitals.'])
    expect(text.slice(list[0]!.from, list[0]!.to)).toBe(list[0]!.text)
  })

  it('[KN12] is no code, no heading and no mark of a list', () => {
    const text = '## Sensors\n\n- One is capacitive.\n- One is resistive.\n\n```python\nprint("resistive")\n```\n\n1. Put it in.'
    expect(sentencesOf(text).map((s) => s.text)).toEqual(['One is capacitive.', 'One is resistive.', 'Put it in.'])
  })

  it('[KN12] has no mark whose other half stands in another sentence', () => {
    const of = (text: string) => sentencesOf(text).map((s) => s.text)
    expect(of('1. **Stone remembers.** Asphalt takes in the sun. **Walls trap.**')).toEqual(['Stone remembers.', 'Asphalt takes in the sun.', 'Walls trap.'])
    expect(of('It *is. So* it goes. The **sponge** is full. _Is it?_ Yes.')).toEqual(['It *is.', 'So* it goes.', 'The **sponge** is full.', 'Is it?', 'Yes.'])
  })

  it('[KN12] stands in the passage at its place, whatever is written there', () => {
    const bits = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom('# A', '- b. c', '```\nx', '> q. r!', '| a | b |', '土壤水分。傳感器。', 'One. Two? Three!'))
    fc.assert(fc.property(fc.array(bits, { maxLength: 12 }), fc.string(), (list, asked) => {
      const text = list.join('\n')
      for (const e of extract(asked, [passage('a', text)], 50)) expect(text.slice(e.from, e.to)).toBe(e.text)
    }), { numRuns: 500 })
  })
})

describe('what was found', () => {
  const found = (chunkId: string, text: string, score: number, cosine: number | null = null) => ({ chunkId, heading: '', text, score, words: score, cosine })
  const first = (asked: string, ...list: [string, number][]) => byLetters(asked, list.map(([text, score], i) => found(String(i), text, score)))[0]?.text
  it('[KN15] is ordered by its letters too: an ending, a slip, a form that no stemmer knows', () => {
    expect(first('photosinthesis of plants', ['Plants need light.', 0.4], ['Plants live of photosynthesis.', 0.4])).toBe('Plants live of photosynthesis.')
    expect(first('مدارسهم', ['الطريق طويل', 0.1], ['المدارس كثيرة', 0.1])).toBe('المدارس كثيرة')
    expect(first('土壤水分', ['光は葉に', 0.1], ['土壤的水分', 0.1])).toBe('土壤的水分')
  })
  it('[KN15] keeps what its words say, and is the same list whatever is asked', () => {
    expect(first('soil moisture', ['soil moisture is measured', 0.8], ['so moist oil', 0.1])).toBe('soil moisture is measured')
    expect(byLetters('x', [])).toEqual([])
    const meant = [found('a', 'light', 0.5, 0.4), found('b', 'soil', 0.4, null)]
    expect(byLetters('soil', meant)).toEqual(meant)
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.float({ min: 0, max: 1, noNaN: true })), { maxLength: 8 }), (asked, list) => {
      const before = list.map(([text, score], i) => found(String(i), text, score))
      const after = byLetters(asked, before)
      expect(after.map((p) => p.chunkId).sort()).toEqual(before.map((p) => p.chunkId).sort())
      for (const [i, p] of after.entries()) expect(p.score).toBeLessThanOrEqual(after[i - 1]?.score ?? 2)
    }))
  })
})

describe('what is handed on', () => {
  const long = (w: string, n: number) => Array.from({ length: n }, (_, i) => `${w}${i}`).join(' ')
  it('[KN13] is the best first, and what says the same only after what is new', () => {
    const list = [passage('a', 'moisture sensor in the soil', 0.9), passage('b', 'moisture sensor in the soil', 0.85), passage('c', 'light falls on leaves', 0.7)]
    expect(chosen(list, 2).map((p) => p.chunkId)).toEqual(['a', 'c'])
    expect(chosen(list, 6).map((p) => p.chunkId)).toEqual(['a', 'c', 'b'])
  })
  it('[KN13] is no more than a model reads with care, but always one', () => {
    expect(chosen([passage('a', long('x', 900), 0.9), passage('b', long('y', 900), 0.8), passage('c', long('z', 100), 0.3)], 6).map((p) => p.chunkId)).toEqual(['a', 'c'])
    expect(chosen([passage('a', long('x', 5_000))], 6)).toHaveLength(1)
    expect(chosen([], 6)).toEqual([])
  })
})

describe('words', () => {
  it('[KN10] of a script without spaces are pairs of letters; other text stays as it is', () => {
    expect(spaced('土壤水分 sensor').trim().split(/\s+/)).toEqual(['土壤', '壤水', '水分', 'sensor'])
    expect(spaced('ดิน')).toContain('ดิ')
    expect(spaced('Moisture, not light.')).toBe('Moisture, not light.')
    expect(spaced('मिट्टी')).toBe('मिट्टी')
  })
  it('[KN7] are English where the small ones are', () => {
    for (const t of ['How is moisture measured?', 'moisture sensor', 'What is the I in IoT']) expect(isEnglish(t), t).toBe(true)
    for (const t of ['¿Cómo se mide la humedad del suelo?', 'मिट्टी की नमी', 'Wie wird die Feuchte gemessen?', '土壤', '42']) expect(isEnglish(t), t).toBe(false)
  })
})
