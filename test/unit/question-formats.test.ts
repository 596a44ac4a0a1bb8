// Questions in and out as files: what comes in, by its line; what does not, and why; and that what goes out comes back the same.
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asAiken, fromAiken } from '../../server/features/questions/aiken.ts'
import { quizzesIn } from '../../server/features/questions/course-json.ts'
import { asCsv, fromCsv } from '../../server/features/questions/csv.ts'
import { fromGift } from '../../server/features/questions/gift.ts'
import { asGift } from '../../server/features/questions/gift.written.ts'
import { fromHtml } from '../../server/features/questions/html.ts'
import { asJson, fromJson } from '../../server/features/questions/json.ts'
import { asQuestion, flaws, type Question, type Type } from '../../server/features/questions/index.ts'
import { linesOf } from '../../server/features/questions/lines.ts'
import { type Leaving, type Reader, readAll, tidy, type Writer } from '../../server/features/questions/rows.ts'
import { chance } from '../helpers/chance.ts'
import { hasReal, REAL } from '../helpers/real.ts'

/** What a question says, briefly: its type, what it asks, and each choice with what it is worth. */
const brief = (question: Question) => [question.type, question.stem, ...question.choices.map((c) => [c.text, c.match, c.tolerance, c.fraction, c.feedback].filter((x) => x !== null && x !== ''))]
const read = (reader: Reader, text: string) => {
  const { questions, failed } = readAll(reader, text)
  return { said: questions.map((r) => brief(r.question)), questions, failed }
}

const GIFT = `// A bank with all that GIFT can say.
$CATEGORY: $course$/top/Module 1/Sensors

::Who::[html]<p>Who invented <b>MQTT</b> &amp; when?</p>{
  // Right:
  =Andy Stanford-Clark#Yes: in 1999!
  ~Tim Berners-Lee#No
  ~%50%IBM ####He worked at IBM.
}

// [id:two] [tag:power] [tag:hard]
Which are sensors? {
~%50%Photoresistor
~%50%Button
~%-100%LED#An actuator
}

::Sun:: The sun rises in the east. {T}

::Flat::The earth is flat.{FALSE#It is round.#Right!####See module 2}

$CATEGORY: Numbers

What is pi: to two places? {#3.14:0.005#Good}

A number from 1 to 5 {#1..5}

::Thousand::How many? {#
=1e3:1#exactly
=%50%1000:100#nearly
~#no
}

Which short word? {=colour =col* =%50%tint#nearly}

::Pairs::Match {
=Andy -> MQTT
=Tim -> the Web\\: HTTP
=Grace -> COBOL
####All three.
}

The {=Thing ~Think ~Thong} in IoT is a noun.

Escapes \\: a \\= b, \\~ \\# \\{ \\} and \\\\ stay {=x\\=1 ~y\\n2}

[markdown]Use **bold** and \`code\`. {=[plain]one ~[moodle]two}

Windows path http://x.y/z?a=1#top, is it a url? {TRUE}

plain{answer}

The answers begin {

=here

~there
}
`

test('[QB13] a GIFT file with everything that it can say comes in', () => {
  const { said, questions, failed } = read(fromGift, GIFT)
  expect(failed).toEqual([])
  expect(said).toEqual([
    ['single', 'Who invented **MQTT** &amp; when?', ['Andy Stanford-Clark', 1, 'Yes: in 1999!'], ['Tim Berners-Lee', 0, 'No'], ['IBM', 0.5]],
    ['multiple', 'Which are sensors?', ['Photoresistor', 0.5], ['Button', 0.5], ['LED', -1, 'An actuator']],
    ['truefalse', 'The sun rises in the east.', ['True', 1], ['False', 0]],
    ['truefalse', 'The earth is flat.', ['True', 0, 'It is round.'], ['False', 1, 'Right!']],
    ['numeric', 'What is pi: to two places?', ['3.14', 0.005, 1, 'Good']],
    ['numeric', 'A number from 1 to 5', ['1..5', 1]],
    ['numeric', 'How many?', ['1e3', 1, 1, 'exactly'], ['1000', 100, 0.5, 'nearly']],
    ['text', 'Which short word?', ['colour', 1], ['col*', 1], ['tint', 0.5, 'nearly']],
    ['matching', 'Match', ['Andy', 'MQTT', 1], ['Tim', 'the Web: HTTP', 1], ['Grace', 'COBOL', 1]],
    ['single', 'The _____ in IoT is a noun.', ['Thing', 1], ['Think', 0], ['Thong', 0]],
    ['single', 'Escapes : a = b, ~ # { } and \\ stay', ['x=1', 1], ['y\n2', 0]],
    ['single', 'Use **bold** and `code`.', ['one', 1], ['two', 0]],
    ['truefalse', 'Windows path http://x.y/z?a=1#top, is it a url?', ['True', 1], ['False', 0]],
    ['text', 'plain', ['answer', 1]],
    ['single', 'The answers begin', ['here', 1], ['there', 0]],
  ])
  expect(questions.map((r) => r.line)).toEqual([4, 12, 18, 20, 24, 26, 28, 34, 36, 43, 45, 47, 49, 51, 53])
  expect(questions.map((r) => r.ref)).toEqual(['Who', 'two', 'Sun', 'Flat', null, null, 'Thousand', null, 'Pairs', null, null, null, null, null, null])
  expect(questions.map((r) => r.pools[0])).toEqual([...Array(4).fill('Module 1/Sensors'), ...Array(11).fill('Numbers')])
  expect([questions[0]?.question.explanation, questions[3]?.question.explanation, questions[8]?.question.explanation]).toEqual(['He worked at IBM.', 'See module 2', 'All three.'])
  expect([questions[1]?.question.tags, questions[2]?.question.tags]).toEqual([['power', 'hard'], []])
  expect(questions.flatMap((r) => r.notes.map((n) => `${r.line}: ${n}`))).toEqual(['4: Its HTML was turned into Markdown.', '28: What is said to every other number was left out.'])
})

test.each([
  ['an essay', 'Say what you think. {}', 1, 'An essay has no answer that could be graded'],
  ['no answers', 'Just a text.', 1, 'This has no answers'],
  ['no right one', 'Which?\n{~a ~b}', 1, 'no right answer among them'],
  ['two right ones among wrong ones', 'Which? {=a =b ~c}', 1, '2 right answers'],
  ['a brace that is not closed', '\n\nWhich? {=a ~b', 3, 'never closed with }'],
  ['no blank line between two', 'One {T}\nTwo {F}', 1, 'a blank line between two questions'],
  ['a weight that is none', 'Which?\n{\n=a\n~%x%b\n}', 4, 'This is no GIFT, near “~%x%b”'],
  ['a number that is none', 'Pi? {#three}', 1, '“three” is no number'],
  ['a pair with one side', 'Match {=a -> b =c -> }', 1, 'This is no GIFT'],
])('[QB14] GIFT with %s stays out, with its line and why', (_, text, line, why) => {
  const { said, failed } = read(fromGift, text)
  expect(said).toEqual([])
  expect(failed).toEqual([{ line, message: expect.stringContaining(why) }])
})

test('[QB14] one bad question among twenty: nineteen come in, and one is refused by its line', () => {
  const gift = Array.from({ length: 20 }, (_, i) => (i === 7 ? `::q${i}:: Question ${i} {=a ~b` : `::q${i}:: Question ${i} {=a ~b}`)).join('\n\n')
  const aiken = Array.from({ length: 20 }, (_, i) => `Question ${i}\nA. a\nB. b\n${i === 7 ? '' : 'ANSWER: A\n'}`).join('\n')
  const csv = ['question,option 1,option 2,correct', ...Array.from({ length: 20 }, (_, i) => (i === 7 ? `"Question ${i},a,b,1` : `Question ${i},a,b,1`))].join('\n')
  const json = JSON.stringify({ questions: Array.from({ length: 20 }, (_, i) => ({ stem: `Question ${i}`, choices: [{ text: 'a', correct: i !== 7 }, { text: 'b' }] })) }, null, 1)
  for (const [reader, text, line] of [[fromGift, gift, 15], [fromAiken, aiken, 36], [fromCsv, csv, 9], [fromJson, json, json.split('"stem": "Question 7"')[0]?.split('\n').length as number - 1]] as const) {
    const { questions, failed } = read(reader, text)
    expect(questions.map((r) => r.question.stem)).toEqual(Array.from({ length: 20 }, (_, i) => `Question ${i}`).filter((s) => s !== 'Question 7'))
    expect(failed.map((f) => f.line)).toEqual([line])
  }
})

test('[QB14] what is called the same twice, or asks the same where nothing calls it, comes in once', () => {
  expect(read(fromGift, '::a::One {T}\n\n::a::Two {T}\n\nThree {T}\n\nThree {F}').failed).toEqual([
    { line: 3, message: '“a” is there on line 1 already. Call it something else.' }, { line: 7, message: 'The same is asked on line 5 already.' },
  ])
})

test('[QB15] Aiken comes in, with dots or brackets, over several lines, and with a true or false', () => {
  const text = '\ufeffWhich is a sensor?\r\nA) LED\r\nB) Photoresistor\r\nC) Motor\r\nANSWER: B\r\n\r\nIs it so?\r\nA. True\r\nB. False\r\nANSWER: b\r\nA question\r\nof two lines\r\n\r\nA. x\r\n\r\nB. y\r\nANSWER: A'
  expect(read(fromAiken, text)).toMatchObject({ failed: [], said: [
    ['single', 'Which is a sensor?', ['LED', 0], ['Photoresistor', 1], ['Motor', 0]], ['truefalse', 'Is it so?', ['True', 0], ['False', 1]], ['single', 'A question\nof two lines', ['x', 1], ['y', 0]],
  ] })
  expect(read(fromAiken, 'One\nA. a\nB. b\nANSWER: D\n\nTwo\nA. a\nC. b\nANSWER: A\n\nA. a\nB. b\nANSWER: A\n\nThree\nANSWER: A\n\nFour').failed).toEqual([
    { line: 4, message: '“D” is the letter of none of the 2 options.' }, { line: 8, message: 'The options are not lettered A, B, C: C is out of turn.' }, { line: 11, message: 'No question stands above these options.' },
    { line: 16, message: '“A” is the letter of none of the 0 options.' }, { line: 18, message: 'This has no options; they look like “A) Yes”.' },
  ])
})

const CSV = `sep=;
Question;Type;Option 1;Option 2;Option 3;Correct;Feedback;Explanation;Difficulty;Tags;ID;Points
"Which is a ""sensor""; really?";;LED;Photoresistor;;2;Yes;Because.;easy;iot|power;q1;3
Which two?;multiple;a;b;c;A, C;;;;;;
Weighted;multiple;a;b;c;1:75%, 2:25%, 3:-100%;;;;;;
Is it so?;;;;;true;;;;;;
How much?;numeric;3.14:0.01;2..4;;;;;;;;
How long?;;;;;1000;;;;;;
Which word?;text;colour;col*;;;;;;;;
Put in order;ordering;one;two;three;;;;;;;
Match;matching;a -> 1;b -> 2;;;;;;;;
"Over two
lines";single;'=1+1;@x;;'=1+1;;;;;;
5" of rain?;single;yes;no;;no;;;HARD;;;
`

test('[QB16] a table comes in by the names of its columns, with ; or , or tabs, as a spreadsheet saves it', () => {
  const { said, questions, failed } = read(fromCsv, CSV)
  expect(failed).toEqual([])
  expect(said).toEqual([
    ['single', 'Which is a "sensor"; really?', ['LED', 0], ['Photoresistor', 1, 'Yes']],
    ['multiple', 'Which two?', ['a', 0.5], ['b', -1], ['c', 0.5]],
    ['multiple', 'Weighted', ['a', 0.75], ['b', 0.25], ['c', -1]],
    ['truefalse', 'Is it so?', ['True', 1], ['False', 0]],
    ['numeric', 'How much?', ['3.14', 0.01, 1], ['2..4', 1]],
    ['numeric', 'How long?', ['1000', 1]],
    ['text', 'Which word?', ['colour', 1], ['col*', 1]],
    ['ordering', 'Put in order', ['one', 1], ['two', 1], ['three', 1]],
    ['matching', 'Match', ['a', '1', 1], ['b', '2', 1]],
    ['single', 'Over two\nlines', ['=1+1', 1], ['@x', 0]],
    ['single', '5" of rain?', ['yes', 0], ['no', 1]],
  ])
  expect(questions.map((r) => r.line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14])
  expect(questions[0]).toMatchObject({ ref: 'q1', question: { explanation: 'Because.', difficulty: 'easy', tags: ['iot', 'power'] } })
  const plain = '\ufeffquestion,option 1,option 2,correct\r\nWhich?,a,b,b\r\n\r\n'
  for (const text of [plain, plain.replaceAll(',', '\t'), plain.replaceAll('\r\n', '\n')]) expect(read(fromCsv, text).said).toEqual([['single', 'Which?', ['a', 0], ['b', 1]]])
})

test.each([
  ['no column for the question', 'name,answer\nx,y', 1, 'none of them is called “question”'],
  ['a type that is none', 'question,type\nx,poem', 2, '“poem” is no type of question'],
  ['a right answer that is none', 'question,option 1,option 2,correct\nx,a,b,7', 2, '“7” is none of the 2 options'],
  ['nothing right', 'question,option 1,option 2,correct\nx,a,b,', 2, 'no right answer among them'],
  ['a difficulty that is none', 'question,option 1,option 2,correct,difficulty\nx,a,b,1,tricky', 2, '“tricky” is no difficulty'],
  ['quotation marks in the middle', 'question,option 1,option 2,correct\n"x"y,a,b,1', 2, 'quotation marks of this row are broken'],
])('[QB16] a row with %s stays out, with its line and why', (_, text, line, why) => expect(read(fromCsv, text)).toMatchObject({ said: [], failed: [{ line, message: expect.stringContaining(why) }] }))

test('[QB16] no cell that goes out is a formula where a spreadsheet opens it', () => {
  const { text } = asCsv([{ ref: null, pools: [], question: asQuestion({ type: 'single', stem: '=cmd()', choices: [{ text: '+1', correct: true }, { text: '-1' }, { text: '@x' }, { text: "'=y" }], tags: [] }) }])
  for (const cell of text.split(/[,\r\n]+/)) expect(cell).not.toMatch(/^"?[=+@-]/)
  expect(read(fromCsv, text).said).toEqual([['single', '=cmd()', ['+1', 1], ['-1', 0], ['@x', 0], ["'=y", 0]]])
})

test('[QB17] JSON that is not what it should be is refused with its line, question by question', () => {
  expect(read(fromJson, '{"questions": [\n{"stem": "x",\n}]}').failed).toEqual([{ line: 3, message: expect.stringContaining('This is no JSON') }])
  expect(read(fromJson, '"x"').failed).toEqual([{ line: 1, message: expect.stringContaining('There are no questions') }])
  const { said, failed } = read(fromJson, '[\n{"stem": 5, "choices": []},\n{"stem": "Which?", "choices": [{"text": "a", "correct": true}, {"text": "b"}], "languages": [{"language": "no_such"}]},\n{"stem": "Which?", "choices": [{"text": "a\\u0000\\ud800", "correct": true}, {"text": "b"}], "extra": 1}\n]')
  expect(said).toEqual([['single', 'Which?', ['a\ufffd', 1], ['b', 0]]])
  expect(failed.map((f) => f.line)).toEqual([2, 3])
})

test('[QB17] each object of a JSON text is told by its line', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
    const text = JSON.stringify(value, null, 1)
    const walk = (v: unknown, path: string[]): string[] => (v && typeof v === 'object' ? [...(Array.isArray(v) ? [] : [path.join('/')]), ...Object.entries(v).flatMap(([k, w]) => walk(w, [...path, k]))] : [])
    const lines = linesOf(text)
    expect([...lines.keys()].sort()).toEqual([...new Set(walk(value, []))].sort())
    for (const line of lines.values()) expect(text.split('\n')[line - 1]).toContain('{')
  }))
})

test('[QB18] HTML becomes Markdown, and nothing that was text becomes a tag', () => {
  expect(fromHtml('<p>One <strong>two</strong><br/>three &lt;script&gt; &#60;b&#62; &nbsp;&quot;x&quot;</p><ul><li>a</li><li>b</li></ul>').text).toBe('One **two**\nthree &lt;script&gt; &#60;b&#62;  "x"\n\n- a\n- b')
  expect(fromHtml('a<script>alert(1)</script><img src=x onerror=y alt="A lamp"><iframe src="z"></iframe><b onclick=1>c</b>')).toEqual({ text: 'aA lamp**c**', lost: ['a script or style', 'a picture', 'a iframe'] })
  fc.assert(fc.property(fc.array(fc.constantFrom('<', '>', '<b', 'script', '/', '<img ', '&lt;', '<<', 'x', ' ', '-->', '<!--')).map((p) => p.join('')), (html) => { expect(fromHtml(html).text).not.toMatch(/<[a-z/][^<>]*>/i) }))
})

// Out and in again. ---------------------------------------------------------------------------------------------------

const NASTY = ['~', '=', '#', '{', '}', ':', '\\', '\\n', '->', '%50%', '[html]', '[markdown]', '::', '//', '$CATEGORY: x', '"', "'", ',', ';', '\t', '\n', '\n\n', '&', '&&058;', '&lt;', '<b>', '=1+1', '@x', '-2', 'ANSWER: A', 'A. ', 'A) ', '.', ' ', '  ', 'é', 'ب', '物', '😀', '*', 'x', 'word', '1', '####', '|', 'true', "'="]
const text = fc.array(fc.constantFrom(...NASTY), { minLength: 1, maxLength: 8 }).map((parts) => tidy(parts.join(''))).filter((t) => t !== '')
const words = (n: { minLength: number; maxLength: number }) => fc.uniqueArray(text, { ...n, selector: (t) => t.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim() })
const maybe = fc.oneof(fc.constant(''), text)
const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 })).map((x) => String(x + 0))

const choicesOf = (type: Type): fc.Arbitrary<Question['choices']> => {
  const each = (list: readonly string[], more: (i: number) => object = () => ({})) => fc.array(maybe, { minLength: list.length, maxLength: list.length }).map((said) => list.map((t, i) => ({ text: t, match: null, fraction: 0, tolerance: null, feedback: said[i] ?? '', ...more(i) })))
  switch (type) {
    case 'single': return words({ minLength: 2, maxLength: 5 }).chain((list) => fc.nat(list.length - 1).chain((right) => each(list, (i) => ({ fraction: i === right ? 1 : i % 3 === 1 ? 0.5 : 0 }))))
    case 'multiple': return words({ minLength: 2, maxLength: 6 }).chain((list) => fc.integer({ min: 1, max: list.length }).chain((right) => each(list, (i) => ({ fraction: i < right ? 1 / right : -1 / (list.length - right) }))))
    case 'truefalse': return fc.boolean().chain((is) => each(['True', 'False'], (i) => ({ fraction: (i === 0) === is ? 1 : 0 })))
    case 'numeric': return fc.uniqueArray(fc.tuple(number, fc.option(fc.double({ min: 0, max: 100, noNaN: true }).map((x) => x + 0))), { minLength: 1, maxLength: 3, selector: ([n]) => n }).chain((list) => each(list.map(([n]) => n), (i) => ({ fraction: i === 0 ? 1 : 0.5, tolerance: list[i]?.[1] ?? null })))
    case 'text': return words({ minLength: 1, maxLength: 4 }).chain((list) => each(list, (i) => ({ fraction: i === 0 ? 1 : 0.25 })))
    case 'ordering': return words({ minLength: 2, maxLength: 5 }).chain((list) => each(list, () => ({ fraction: 1 })))
    case 'matching': return fc.tuple(words({ minLength: 2, maxLength: 5 }), words({ minLength: 5, maxLength: 5 })).chain(([list, others]) => each(list, (i) => ({ fraction: 1, match: others[i] })))
  }
}
const question = fc.constantFrom<Type>('single', 'multiple', 'truefalse', 'numeric', 'text', 'ordering', 'matching').chain((type) => fc.record({
  type: fc.constant(type), stem: text, explanation: maybe, partial: fc.boolean(), difficulty: fc.constantFrom('easy' as const, 'hard' as const, null), topicId: fc.constant(null),
  tags: fc.uniqueArray(fc.constantFrom('iot', 'power supply', 'é')), choices: choicesOf(type),
  languages: fc.constant<Question['languages']>([]),
}) as fc.Arbitrary<Question>).filter((q) => flaws(q).length === 0)
const leaving: fc.Arbitrary<Leaving[]> = fc.array(fc.tuple(question, fc.boolean(), fc.constantFrom<string[]>([], ['Basics'], ['Module 1/Power'])), { maxLength: 6 })
  .map((list) => list.map(([q, isNamed, pools], i) => ({ ref: isNamed ? `q ${i}: #1` : null, question: { ...q, stem: `${i} ${q.stem}` }, pools })))

describe.each<[string, Writer, Reader, (l: Leaving) => unknown]>([
  ['GIFT', asGift, fromGift, ({ ref, pools, question: { type, stem, explanation, tags, choices } }) => ({ ref, pools, type, stem, explanation, tags, choices })],
  ['Aiken', asAiken, fromAiken, ({ question: { type, stem, choices } }) => ({ type, stem, choices: choices.map((c) => [c.text, c.fraction]) })],
  ['CSV', asCsv, fromCsv, ({ ref, pools, question: { languages: _, ...q } }) => ({ ref, pools, ...q })],
  ['JSON', asJson, fromJson, (l) => l],
])('%s', (_, write, reader, said) => {
  test('[QB19] what it can say goes out, comes in as it was, and goes out again byte for byte', () => {
    let out = 0
    fc.assert(fc.property(leaving, (list) => {
      const { text: file, left } = write(list)
      const { questions, failed } = readAll(reader, file)
      expect(failed).toEqual([])
      expect(questions.length + left).toBe(list.length)
      const back = questions.map(({ ref, pools, question: q }): Leaving => ({ ref, pools, question: q }))
      const kept = list.filter((l) => back.some((b) => b.question.stem === l.question.stem))
      expect(back.map(said)).toEqual(kept.map(said))
      expect(write(back).text).toBe(left === 0 ? file : write(kept).text)
      out += questions.length
    }), { numRuns: 300 })
    expect(out).toBeGreaterThan(100)
  })
})

// Broken on the way. ---------------------------------------------------------------------------------------------------

const AIKEN = Array.from({ length: 20 }, (_, i) => `Question number ${'abcdefghijklmnopqrst'[i]}${'abcdefghijklmnopqrst'[i]}\nA) yes\nB) no\nANSWER: ${i % 2 ? 'A' : 'B'}\n`).join('\n')
const TABLE = ['question,option 1,option 2,correct,explanation', ...Array.from({ length: 20 }, (_, i) => `Question number ${'abcdefghijklmnopqrst'[i]}${'abcdefghijklmnopqrst'[i]},"a, ""quoted"" one",b,${(i % 2) + 1},${i % 3 ? 'plain' : '"over\ntwo lines"'}`)].join('\n')

/** The pieces of a file, each from where it begins to where the next one does. */
function piecesOf(file: string, between: RegExp): { from: number; to: number }[] {
  const starts = [0, ...[...file.matchAll(between)].map((m) => m.index + m[0].length)]
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? file.length }))
}

test.each<[string, string, Reader, RegExp]>([
  ['GIFT', GIFT.replace('\n\n=here\n\n~there', '\n=here\n~there'), fromGift, /\n\n+/g], ['Aiken', AIKEN, fromAiken, /\n\n/g], ['CSV', TABLE, fromCsv, /\n(?!two lines)/g],
])('[QB14] a thousand files of %s, each broken in one place: none throws, and no question elsewhere is lost', (_, file, reader, between) => {
  const { pick, below, seed } = chance()
  const pieces = piecesOf(file, between)
  const whole = pieces.map(({ from, to }) => file.slice(from, to).trim())
  const asked = readAll(reader, file).questions.map((r) => ({ said: JSON.stringify(brief(r.question)), line: r.line }))
  const lineAt = (at: number) => file.slice(0, at).split('\n').length
  expect(asked.length).toBeGreaterThan(14)
  for (let run = 0; run < 1_000; run++) {
    const at = whole[0]?.startsWith('question,') ? (pieces[1]?.from as number) + below(file.length - (pieces[1]?.from as number)) : below(file.length)
    const mark = pick(['{', '}', '\\', '"', '\n', '\n\n', '~', '=', '#', ':', '::', '//', 'x', ',', '%', '$', '\0', '\ud800', 'ANSWER:', 'A) ', '->', '####', "'"])
    const broken = file.slice(0, at) + pick([mark, '']) + file.slice(at + below(3))
    // The piece that was touched, and those next to it where the break lies between them.
    const near = pieces.filter(({ from, to }) => at >= from - 4 && at < to + 4)
    const [first, last] = [lineAt(near[0]?.from as number), lineAt((near.at(-1)?.to as number) - 1)]
    const safe = asked.filter((a) => a.line < first || a.line > last)
    const came = new Set(readAll(reader, broken).questions.map((r) => JSON.stringify(brief(r.question))))
    expect(safe.filter((a) => !came.has(a.said)).map((a) => a.said), `seed ${seed}, run ${run}: ${JSON.stringify(broken.slice(Math.max(0, at - 40), at + 40))}`).toEqual([])
  }
})

// The real course. ------------------------------------------------------------------------------------------------------

const COURSE = REAL
const TAGS: Record<string, string> = { ar: 'ar', bn: 'bn', en: 'en', hin: 'hi', 'zh-cn': 'zh-CN' }
describe.skipIf(!hasReal)('the real course', () => {
  const files = () => Object.entries(TAGS).map(([file, language]) => ({ path: `quizzes/${file}.json`, language, text: readFileSync(`${COURSE}/quizzes/${file}.json`, 'utf8') }))

  test('[QB20] its 48 quizzes come in five languages, each with its lesson, and what is sloppy is told by its line', () => {
    const { quizzes, failed, notes } = quizzesIn(files())
    expect(quizzes).toHaveLength(48)
    expect(quizzes.flatMap((q) => q.questions)).toHaveLength(144)
    expect(quizzes.map((q) => [q.lesson, q.when])).toEqual(Array.from({ length: 48 }, (_, i) => [Math.floor(i / 2) + 1, i % 2 === 0 ? 'pre' : 'post']))
    expect(quizzes.map((q) => q.questions[0]?.question.languages.map((l) => l.language).join(' '))).toEqual([...Array(20).fill('ar bn hi zh-CN'), ...Array(28).fill('bn zh-CN')])
    expect(failed).toEqual([])
    expect(notes).toEqual([{ path: 'quizzes/ar.json', line: 894, message: 'Quiz 18, question 3: other options are marked as right than in the language of the course, which holds.' }])
    expect(quizzes.flatMap((q) => q.questions).filter(({ question: q }) => flaws(q).length > 0)).toEqual([])
    expect(new Set(quizzes.flatMap((q) => q.questions.map((x) => x.sourceRef))).size).toBe(144)
    expect(quizzes[2]?.titles.find((t) => t.language === 'hi')?.title).toContain('प्री लेक्चर')
  })

  test('[QB20] the lessons of the course point to the quizzes that their titles say', () => {
    const { quizzes } = quizzesIn(files())
    const lessons = readdirSync(`${COURSE}/en`).sort().flatMap((module) => readdirSync(`${COURSE}/en/${module}/lessons`).sort().map((lesson) => `${COURSE}/en/${module}/lessons/${lesson}/README.md`))
    expect(lessons).toHaveLength(24)
    for (const [i, path] of lessons.entries()) {
      const pointed = [...readFileSync(path, 'utf8').matchAll(/\/quiz\/(\d+)\)/g)].map((m) => `quizzes/${m[1]}`)
      expect(pointed, path).toEqual(quizzes.filter((q) => q.lesson === i + 1).map((q) => q.sourceRef))
    }
  })

  test('[QB20] a language that has other options, too few questions or none that correspond is left out by its line, and the quiz is there', () => {
    const changed = (language: string, change: (quizzes: any[]) => void) => files().map((f) => {
      if (f.language !== language) return f
      const json = JSON.parse(f.text)
      change(json[0].quizzes)
      return { ...f, text: JSON.stringify(json, null, 1) }
    })
    const { quizzes, failed } = quizzesIn(changed('hi', (q) => {
      q[0].quiz[0].answerOptions.pop()
      q[1].quiz.pop()
      q[2].quiz[0].questionText = ' '
      q[3].quiz[0].answerOptions[1].answerText = q[3].quiz[0].answerOptions[0].answerText
      q[4].quiz.push(q[4].quiz[0])
      q[5].quiz[0] = 'x'
      q[6].id = 99
    }))
    expect(quizzes).toHaveLength(48)
    expect(failed.map((f) => f.message)).toEqual([
      expect.stringContaining('no quiz 99 in en'), expect.stringContaining('it has 2 options, and 3'), expect.stringContaining('there is no such question'), expect.stringContaining('empty in part'),
      expect.stringContaining('the same option twice'), expect.stringContaining('this one is none of them'), expect.stringContaining('not of the form'),
    ])
    expect(quizzes[0]?.questions[0]?.question.languages.map((l) => l.language)).toEqual(['ar', 'bn', 'zh-CN'])
    const bad = quizzesIn(changed('en', (q) => { q[0].quiz[0].answerOptions[0].isCorrect = 'frue'; delete q[1].quiz; q[2].quiz[1].answerOptions.forEach((o: any) => { o.isCorrect = 'false' }) }))
    expect(bad.quizzes).toHaveLength(47)
    expect(bad.failed.filter((f) => f.path.endsWith('en.json')).map((f) => f.message)).toEqual([expect.stringContaining('This is no quiz'), expect.stringContaining('neither true nor false: “frue”'), expect.stringContaining('no right answer among them')])
    expect(quizzesIn(files().filter((f) => f.language !== 'en')).failed[0]?.message).toContain('There is no file in en')
    expect(quizzesIn([{ path: 'en.json', language: 'en', text: '[{]' }])).toMatchObject({ quizzes: [], failed: [{ line: 1 }] })
  })
})
