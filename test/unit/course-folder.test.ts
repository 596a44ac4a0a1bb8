// From files to a course: what becomes of each, without a disk or a database; and what the gateway refuses on a real disk.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { type Found, readCourse } from '../../server/features/catalog/course-folder.ts'
import { readFolder } from '../../server/features/catalog/gateway.ts'
import { place } from '../../server/features/catalog/placement.ts'

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
    expect(top.modules).toEqual([{ folder: '1-farm/', moduleNo: 1, title: 'Farming', introduction: 'Plants and sensors.' }])
    const english = readCourse(files({ ...Object.fromEntries(Object.entries(FARM).map(([p, t]) => [`en/${p}`, t])), 'es/1-farm/README.md': '# Granja' }))
    expect(english.modules.map((m) => [m.folder, m.title])).toEqual([['en/1-farm/', 'Farming']])
    expect(lineOf(english, 'es/1-farm/README.md')).toMatchObject({ outcome: 'skipped', note: 'other languages come later' })
  })

  it('[CA1] orders modules by number, and calls one without a README by its folder', () => {
    const draft = readCourse(files({ '10-late/README.md': '# Late', '2-smart-farms/lessons/1-a/README.md': '# A', 'extra/README.md': '# Extra' }))
    expect(draft.modules.map((m) => [m.moduleNo, m.title])).toEqual([[2, 'Smart farms'], [10, 'Late'], [11, 'Extra']])
  })

  it('[CA2] reads topics with their title and their text as it stands', () => {
    expect(readCourse(files(FARM)).topics).toEqual([
      { sourcePath: '1-farm/lessons/1-soil/README.md', moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: '# Soil\n\nIt holds water.' },
      { sourcePath: '1-farm/lessons/2-light/README.md', moduleNo: 1, topicNumber: 2, topicName: 'Light', markdown: '# Light\n\nIt comes and goes.' },
    ])
    const [topic] = readCourse(files({ '1-a/lessons/1-b/README.md': '# `if` and **else**, [see](x.md) #' })).topics
    expect(topic?.topicName).toBe('if and else, see')
  })

  it('[CA3] puts an assignment below its lesson, and skips one that says nothing', () => {
    const draft = readCourse(files({ ...FARM, '1-farm/lessons/1-soil/assignment.md': '# Dig\n\n## Instructions\n\nDig.\n', '1-farm/lessons/2-light/assignment.md': '# \n\n## Instructions\n\n| a | b |\n| - | - |\n' }))
    expect(draft.topics[0]?.markdown).toBe('# Soil\n\nIt holds water.\n\n## Assignment: Dig\n\n### Instructions\n\nDig.\n')
    expect(draft.topics[1]?.markdown).toBe(FARM['1-farm/lessons/2-light/README.md'])
    expect(lineOf(draft, '1-farm/lessons/2-light/assignment.md')).toMatchObject({ outcome: 'skipped', note: 'it has headings but no instructions yet' })
  })

  it('[CA4] has one line for every file', () => {
    const found = [...files({ ...FARM, 'README.md': '# A course', 'LICENSE.md': 'MIT', '1-farm/lessons/1-soil/notes.md': 'x' }), { path: 'quizzes/en.json' }, { path: '1-farm/images/a.png' }, { path: '.git/' }]
    const { report, name } = readCourse(found)
    expect(report.map((l) => l.path).sort()).toEqual(found.map((f) => f.path).sort())
    expect(name).toBe('A course')
    expect(report.filter((l) => l.outcome === 'imported')).toHaveLength(4)
    for (const line of report) expect(line.note, line.path).not.toBe('')
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
    const found = new Map((await readFolder(dir)).map((f) => [f.path, f]))
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

  it('[CA2] reads a text that was written on Windows as the same text', async () => {
    const dir = folder({ 'a.md': '\ufeff# Title\r\n\r\nText\r\n' })
    expect(await readFolder(dir)).toEqual([{ path: 'a.md', text: '# Title\n\nText\n' }])
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

  it('[CA12] takes no place from a topic that was not imported, nor from one whose file could not be read', () => {
    const byHand = place([at('hand', 1, 1, null), at('a', 1, 2, 'one')], [wants('one', 1), wants('new', 2)], new Set())
    expect(byHand.moves).toEqual([])
    expect([...byHand.refused.keys()]).toEqual(['one', 'new'])
    const unread = place([at('a', 1, 1, 'one')], [wants('other', 1)], new Set(['one']))
    expect(unread).toMatchObject({ moves: [], gone: [] })
    expect([...unread.refused.keys()]).toEqual(['other'])
  })
})
