// From files to a course: what becomes of each, without a disk or a database; and what the gateway refuses on a real disk.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { place } from '../../server/features/catalog/placement.ts'
import { readCourse } from '../../server/features/imports/course-folder.ts'
import type { Found } from '../../server/features/imports/draft.ts'
import { readFolder } from '../../server/features/imports/gateway.ts'

const files = (texts: Record<string, string>): Found[] => Object.entries(texts).map(([path, text]) => ({ path, text }))
const lineOf = (draft: ReturnType<typeof readCourse>, path: string) => draft.report.find((l) => l.path === path)

const FARM = {
  '1-farm/README.md': '# Farming\n\nPlants and sensors.',
  '1-farm/lessons/1-soil/README.md': '# Soil\n\nIt holds water.',
  '1-farm/lessons/2-light/README.md': '# Light\n\nIt comes and goes.',
}

describe('a course folder', () => {
  it('[CA1] reads modules at the top, or in en/ where there is one', () => {
    const top = readCourse(files(FARM))
    expect(top.modules).toEqual([{ path: '1-farm/README.md', folder: '1-farm/', moduleNo: 1, title: 'Farming', introduction: '# Farming\n\nPlants and sensors.', languages: [] }])
    const english = readCourse(files({ ...Object.fromEntries(Object.entries(FARM).map(([p, t]) => [`en/${p}`, t])), 'es/1-farm/README.md': '# Granja', 'notes/x.md': 'x' }))
    expect(english.modules.map((m) => [m.folder, m.title])).toEqual([['en/1-farm/', 'Farming']])
    expect(english.language).toBe('en')
    expect(lineOf(english, 'notes/x.md')).toMatchObject({ outcome: 'skipped' })
    const alone = readCourse(files(Object.fromEntries(Object.entries(FARM).map(([p, t]) => [`hin/${p}`, t]))))
    expect([alone.language, alone.modules[0]?.folder]).toEqual(['hi', 'hin/1-farm/'])
  })

  it('[CA1] orders modules by number, and calls one without a README by its folder', () => {
    const draft = readCourse(files({ '10-late/README.md': '# Late', '2-smart-farms/lessons/1-a/README.md': '# A', 'extra/README.md': '# Extra' }))
    expect(draft.modules.map((m) => [m.moduleNo, m.title])).toEqual([[2, 'Smart farms'], [10, 'Late'], [11, 'Extra']])
  })

  const said = (draft: ReturnType<typeof readCourse>) => draft.topics.map((t) => [t.topicName, ...t.blocks.map((b) => [b.key, t.assets.find((a) => a.key === b.key && !a.persona && !a.narrator)?.payload.markdown])])

  it('[CA2] reads topics with their title and their text as it stands', () => {
    const draft = readCourse(files(FARM))
    expect(draft.topics.map((t) => [t.sourcePath, t.moduleNo, t.topicNumber])).toEqual([['1-farm/lessons/1-soil/README.md', 1, 1], ['1-farm/lessons/2-light/README.md', 1, 2]])
    expect(said(draft)).toEqual([['Soil', ['text', '# Soil\n\nIt holds water.']], ['Light', ['text', '# Light\n\nIt comes and goes.']]])
    const [topic] = readCourse(files({ '1-a/lessons/1-b/README.md': '# `if` and **else**, [see](x.md) #' })).topics
    expect(topic?.topicName).toBe('if and else, see')
  })

  it('[CA2] keeps every byte: line ends, a mark in front, blanks at the end, accents in two pieces', () => {
    const text = '\ufeff# E\u0301te\r\n\r\nx  \rlast line without an end \t'
    const draft = readCourse(files({ '1-a/lessons/1-b/README.md': text }))
    expect(said(draft)).toEqual([['\u00c9te', ['text', text]]])
  })

  it('[CA3] makes an assignment and the files in blocks/ blocks of their own', () => {
    const assignment = '# Dig\n\n## Instructions\n\nDig.\n'
    const draft = readCourse(files({ ...FARM, '1-farm/lessons/1-soil/assignment.md': assignment, '1-farm/lessons/1-soil/blocks/b-more.md': 'More.', '1-farm/lessons/1-soil/blocks/a-less.md': '', '1-farm/lessons/1-soil/blocks/No Key.md': 'x' }))
    expect(said(draft)[0]).toEqual(['Soil', ['text', '# Soil\n\nIt holds water.'], ['assignment', assignment], ['a-less', ''], ['b-more', 'More.']])
    expect(lineOf(draft, '1-farm/lessons/1-soil/blocks/No Key.md')).toMatchObject({ outcome: 'skipped' })
  })

  it('[CA17] reads for whom a text is from the name of its file, or from what stands in front of it', () => {
    const front = '---\nkey: text\nnarrator: "sports"\nother: [1, 2]\n  - more\n# a remark\n---\n# Soil, the match\n'
    const draft = readCourse(files({ ...FARM, '1-farm/lessons/1-soil/README.rote_memorizer.md': 'Learn it.', '1-farm/lessons/1-soil/blocks/x.md': front, '1-farm/lessons/1-soil/README.cooking.md': 'Stir it.', '1-farm/lessons/1-soil/README.nobody.md': 'x' }))
    expect(draft.topics[0]?.assets.map((a) => [a.key, a.persona, a.narrator, a.payload.markdown])).toEqual([
      ['text', null, null, '# Soil\n\nIt holds water.'], ['text', null, 'cooking', 'Stir it.'], ['text', 'rote_memorizer', null, 'Learn it.'], ['text', null, 'sports', front],
    ])
    expect(draft.topics[0]?.blocks).toEqual([{ key: 'text', type: 'text' }])
    expect(lineOf(draft, '1-farm/lessons/1-soil/README.nobody.md')).toMatchObject({ outcome: 'skipped' })
  })

  it.each([
    ['---\ntitle: [a\n---\n# A', 2], ['---\nstatus: good\n---\n# A', 2], ['---\ntitle: A\nnot a line\n---\n# A', 3], ['---\ntitle: A\ntitle: B\n---\n', 3], ['---\nkey: A b\n---\n# A', 2],
    ['---\ntitle: "a\\u0000"\n---\n', 2], ['---\npersona: rote_memorizer\nnarrator: sports\n---\n# A', 1], ['---\nlanguage: es\n---\n# A', 1], ['---\ncontentType: image\nsrc: https://x.test/a.png\n---\n# A', 1],
  ])('[CA17] fails a file whose front matter is wrong, with the line: %j', (text, line) => {
    const draft = readCourse(files({ ...Object.fromEntries(Object.entries(FARM).map(([p, t]) => [`en/${p}`, t])), 'en/1-farm/lessons/3-bad/README.md': text }))
    expect(lineOf(draft, 'en/1-farm/lessons/3-bad/README.md')).toMatchObject({ outcome: 'failed', line })
    expect(draft.topics).toHaveLength(2)
  })

  it('[CA17] takes a title, and lets a rule across the page be one', () => {
    const [first, second] = readCourse(files({ '1-a/lessons/1-b/README.md': '---\ntitle: "A: b"\n---\nx', '1-a/lessons/2-c/README.md': '---\n\n# C\n\n---\n' })).topics
    expect([first?.topicName, second?.topicName]).toEqual(['A: b', 'C'])
  })

  const SPANISH = { 'es/1-farm/README.md': '# Granja', 'es/1-farm/lessons/1-soil/README.md': '# Suelo' }
  const ENGLISH = Object.fromEntries(Object.entries(FARM).map(([p, t]) => [`en/${p}`, t]))

  it('[CA14] lays the folders of other languages beside the course\'s own', () => {
    const draft = readCourse(files({ ...ENGLISH, ...SPANISH, 'hin/1-farm/lessons/1-soil/README.md': '# मिट्टी', 'es/1-farm/lessons/9-no/README.md': '# No', 'es/1-farm/lessons/1-soil/assignment.md': 'x' }))
    expect(draft.modules[0]?.languages).toMatchObject([{ language: 'es', title: 'Granja', introduction: '# Granja', status: 'reviewed' }])
    expect(draft.topics[0]?.texts.map((t) => [t.language, t.key, t.payload.markdown])).toEqual([['es', 'text', '# Suelo'], ['hi', 'text', '# मिट्टी']])
    expect(draft.topics[0]?.names.map((n) => [n.language, n.name])).toEqual([['es', 'Suelo'], ['hi', 'मिट्टी']])
    expect(draft.report.filter((l) => l.outcome === 'failed').map((l) => [l.path, l.note])).toEqual([
      ['es/1-farm/lessons/1-soil/assignment.md', 'there is no en/1-farm/lessons/1-soil/assignment.md that it could be a translation of'],
      ['es/1-farm/lessons/9-no/README.md', 'there is no en/1-farm/lessons/9-no/README.md that it could be a translation of'],
    ])
  })

  it('[CA14] finds them in translations/ where the course is at the top, each language once', () => {
    const draft = readCourse(files({ ...FARM, 'translations/pt_BR/1-farm/lessons/1-soil/README.md': '# Solo', 'translations/pt-br/1-farm/lessons/1-soil/README.md': '# Solo' }))
    expect(draft.topics[0]?.texts.map((t) => [t.language, t.path])).toEqual([['pt-BR', 'translations/pt-br/1-farm/lessons/1-soil/README.md']])
    expect(draft.report.filter((l) => l.outcome === 'failed').map((l) => l.note)).toEqual(['it says the same in Brazilian Portuguese as translations/pt-br/1-farm/lessons/1-soil/README.md'])
  })

  it('[CA15] hears of a program that translated, and of which text', () => {
    const by = (hash: string) => `<!--\nCO_OP_TRANSLATOR_METADATA:\n{\n  "original_hash": "${hash}",\n  "language_code": "es"\n}\n-->\n# Suelo`
    const soil = { path: 'en/1-farm/lessons/1-soil/README.md', text: '# Soil', md5: 'a'.repeat(32) }
    const told = (text: string) => readCourse([soil, ...files({ 'en/1-farm/README.md': '# Farm', 'es/1-farm/lessons/1-soil/README.md': text })]).topics[0]?.texts[0]
    expect(told(by('a'.repeat(32)))).toMatchObject({ status: 'ai', said: false, of: 'current' })
    expect(told(by('b'.repeat(32)))).toMatchObject({ status: 'ai', of: 'b'.repeat(32) })
    expect(told('---\nstatus: draft\n---\n# Suelo')).toMatchObject({ status: 'draft', said: true, of: null })
    expect(told('# Suelo')).toMatchObject({ status: 'reviewed', said: false, of: null })
  })

  it('[CA4] [CA19] has one line for every file', () => {
    const found = [...files({ ...FARM, 'README.md': '# A course\n\n![a](1-farm/images/a.png)', 'LICENSE.md': 'MIT', '1-farm/lessons/1-soil/notes.md': 'x' }), { path: 'quizzes/en.json' }, { path: '1-farm/images/a.png' }, { path: '1-farm/images/b.png' }, { path: '.git/' }]
    const { report, name } = readCourse(found)
    expect(report.map((l) => l.path).sort()).toEqual(found.map((f) => f.path).sort())
    expect(name).toBe('A course')
    expect(report.filter((l) => l.outcome === 'imported')).toHaveLength(5)
    expect(lineOf({ report } as never, '1-farm/images/b.png')).toMatchObject({ outcome: 'skipped', note: 'no text points to it' })
    for (const line of report) expect(line.note, line.path).not.toBe('')
  })

  it('[CA26] takes quizzes by the language that their files are called after', () => {
    const draft = readCourse(files({ ...FARM, 'quizzes/en.json': '[]', 'quizzes/hin.json': '[]', 'quizzes/hi.json': '[]', 'quiz/fr.json': '[]', 'quizzes/keys.json': '[]', 'quizzes/old/en.json': '[]', '.git/quizzes/es.json': '[]' }))
    expect(draft.quizzes.map((q) => [q.path, q.language])).toEqual([['quiz/fr.json', 'fr'], ['quizzes/en.json', 'en'], ['quizzes/hi.json', 'hi']])
    expect(lineOf(draft, 'quizzes/hin.json')).toMatchObject({ outcome: 'failed', note: expect.stringContaining('quizzes/hi.json') })
    expect(lineOf(draft, 'quizzes/keys.json')).toMatchObject({ outcome: 'failed', note: expect.stringContaining('no language') })
    for (const path of ['quizzes/old/en.json', '.git/quizzes/es.json']) expect(lineOf(draft, path)).toMatchObject({ outcome: 'skipped' })
  })

  it('[CA5] loses only the file that is bad', () => {
    const draft = readCourse([
      ...files({ ...FARM, '1-farm/README.md': 'no heading here', '1-farm/lessons/3-bad/assignment.md': '# Do\n\nit', '1-farm/lessons/4-long/README.md': `\n# ${'x'.repeat(201)}` }),
      { path: '1-farm/lessons/3-bad/README.md', trouble: { reason: 'it is not UTF-8', line: 7 } },
    ])
    expect(draft.modules.map((m) => m.title)).toEqual(['Farm'])
    expect(draft.topics.map((t) => t.topicName)).toEqual(['Soil', 'Light'])
    expect(draft.report.filter((l) => l.outcome === 'failed').map((l) => [l.path, l.line])).toEqual([['1-farm/README.md', 1], ['1-farm/lessons/3-bad/README.md', 7], ['1-farm/lessons/4-long/README.md', 2]])
    expect(lineOf(draft, '1-farm/lessons/3-bad/assignment.md')).toMatchObject({ outcome: 'skipped', note: 'its lesson could not be read' })
  })

  it('[CA7] finds no heading in code, comments or front matter', () => {
    const text = '---\n# front\n---\n<!--\n# comment\n-->\n```sh\n# code\n```\n~~~\n# more\n~~~\n#hashtag\n# Real\n'
    expect(readCourse(files({ '1-a/lessons/1-b/README.md': text })).topics.map((t) => t.topicName)).toEqual(['Real'])
  })

  it('[CA8] gives a number to the first who has it', () => {
    const draft = readCourse(files({ ...FARM, '1-forest/README.md': '# Forest', '1-forest/lessons/1-tree/README.md': '# Tree', '1-farm/lessons/2-lime/README.md': '# Lime' }))
    expect(draft.modules.map((m) => m.title)).toEqual(['Farming'])
    expect(draft.topics.map((t) => t.topicName)).toEqual(['Soil', 'Light'])
    expect(draft.report.filter((l) => l.outcome === 'failed').map((l) => l.path)).toEqual(['1-farm/lessons/2-lime/README.md', '1-forest/README.md', '1-forest/lessons/1-tree/README.md'])
  })
})

describe('a folder on disk', () => {
  const made: string[] = []
  afterEach(() => { for (const dir of made.splice(0)) rmSync(dir, { recursive: true }) })
  const folder = (contents: Record<string, string | Buffer>) => {
    const dir = mkdtempSync(join(tmpdir(), 'lectern-course-'))
    made.push(dir)
    for (const [path, content] of Object.entries(contents)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true })
      writeFileSync(join(dir, path), content)
    }
    return dir
  }

  it('[CA6] refuses what is no text of this folder, file by file', async () => {
    const outside = folder({ 'secret.md': '# Secret' })
    const dir = folder({
      ...FARM, 'latin.md': Buffer.from('# Caf\n\n\xe9\n', 'latin1'), 'nul.md': 'a\nb\0c', 'large.md': 'x'.repeat(2 * 1024 * 1024 + 1), 'just.md': 'x'.repeat(2 * 1024 * 1024), 'cut.md': Buffer.from('é').subarray(0, 1),
    })
    symlinkSync(join(outside, 'secret.md'), join(dir, 'out.md'))
    symlinkSync(outside, join(dir, 'outside'))
    symlinkSync(join(dir, 'nowhere'), join(dir, 'dangling.md'))
    symlinkSync(join(dir, '1-farm/README.md'), join(dir, 'inside.md'))
    const found = new Map((await readFolder(dir)).files.map((f) => [f.path, f]))
    const why = (path: string) => found.get(path)?.trouble
    expect(why('latin.md')).toEqual({ reason: 'it is not UTF-8', line: 3 })
    expect(why('cut.md')).toEqual({ reason: 'it is not UTF-8', line: 1 })
    expect(why('nul.md')).toEqual({ reason: 'it holds a NUL byte, so it is no text', line: 2 })
    expect(why('large.md')).toEqual({ reason: 'it is larger than 2 MB', line: null })
    expect(why('out.md')).toEqual({ reason: 'a link that leads out of the folder', line: null })
    expect(why('dangling.md')).toEqual({ reason: 'a link that leads nowhere', line: null })
    expect(found.get('inside.md')?.text).toBe(FARM['1-farm/README.md'])
    expect(found.get('just.md')?.text).toHaveLength(2 * 1024 * 1024)
    expect([...found.values()].some((f) => f.path.startsWith('outside/') || f.text?.includes('Secret'))).toBe(false)
    expect(found.get('1-farm/lessons/1-soil/README.md')?.text).toBe(FARM['1-farm/lessons/1-soil/README.md'])
  })

  it('[CA2] reads a text that was written on Windows as it was written', async () => {
    const dir = folder({ 'a.md': '\ufeff# Title\r\n\r\nText\r\n' })
    expect((await readFolder(dir)).files).toMatchObject([{ path: 'a.md', text: '\ufeff# Title\r\n\r\nText\r\n', sheet: { title: 'Title' } }])
  })

  it('[CA23] takes one of two names that differ only by case or accents', async () => {
    const dir = folder({ 'a/e\u0301.md': '# 1', 'a/\u00e9.md': '# 2', 'A.md': '# 3', 'a.md': '# 4' })
    const { files: found } = await readFolder(dir)
    expect(found.filter((f) => f.trouble).map((f) => f.path)).toHaveLength(2)
    expect(found.filter((f) => f.text)).toHaveLength(2)
  })
})

describe('who stands where', () => {
  const at = (topicId: string, moduleNo: number, topicNumber: number, sourcePath: string | null) => ({ topicId, moduleNo, topicNumber, sourcePath })
  const wants = (sourcePath: string, topicNumber: number) => ({ sourcePath, moduleNo: 1, topicNumber })

  it('[CA11] lets two change places, and a renamed folder keep its topic', () => {
    const { moves, gone } = place([at('a', 1, 1, 'one'), at('b', 1, 2, 'two'), at('c', 1, 3, 'three')], [wants('one', 2), wants('two', 1), wants('drei', 3)], new Set())
    expect(moves).toEqual([{ topicId: 'a', ...wants('one', 2) }, { topicId: 'b', ...wants('two', 1) }, { topicId: 'c', ...wants('drei', 3) }])
    expect(gone).toEqual([])
  })

  it('[CA11] moves a topic whose file is gone behind the others, where its place is wanted', () => {
    const { moves, gone } = place([at('a', 1, 1, 'one'), at('b', 1, 2, 'two')], [wants('two', 1)], new Set())
    expect(gone.map((t) => t.topicId)).toEqual(['a'])
    expect(moves).toEqual([{ topicId: 'b', ...wants('two', 1) }, { topicId: 'a', ...wants('one', 3) }])
  })

  it('[CA11] puts a topic back that an author took out, where its file wants it', () => {
    const { moves, gone, refused } = place([{ ...at('a', 1, 1, 'one'), moduleNo: null }, at('b', 1, 1, 'two')], [wants('one', 2), wants('two', 1)], new Set())
    expect([moves, gone, [...refused]]).toEqual([[{ topicId: 'a', ...wants('one', 2) }], [], []])
  })

  it('[CA12] takes no place from a topic that was not imported, nor from one whose file could not be read', () => {
    const byHand = place([at('hand', 1, 1, null), at('a', 1, 2, 'one')], [wants('one', 1), wants('new', 2)], new Set())
    expect(byHand.moves).toEqual([])
    expect([...byHand.refused.keys()]).toEqual(['one', 'new'])
    const unread = place([at('a', 1, 1, 'one')], [wants('other', 1)], new Set(['one']))
    expect(unread).toMatchObject({ moves: [], gone: [] })
    expect([...unread.refused.keys()]).toEqual(['other'])
  })
})
