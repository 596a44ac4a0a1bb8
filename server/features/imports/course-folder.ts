// A course as it lies in a folder: `[en/]<n>-<module>/README.md`, `…/lessons/<n>-<lesson>/README.md`, beside a lesson its
// `assignment.md`, its other blocks and their variants, and the same paths again in the folder of each other language. Pure: from
// the files found to a draft, and one line of report for every file.
import type { Draft, DraftQuizzes, DraftTopic, Found, Line } from './draft.ts'
import { EMPTY, type Manifest, manifestOf, NAME } from './manifest.ts'
import { resolved } from './markdown.ts'
import { isQuizzes, languageOf, numbered, roleOf, titleFrom } from './paths.ts'
import { isTrouble, type Sheet, sheetOf } from './sheet.ts'
import { translate } from './translations.ts'
import { folderOf, type Text, topicOf } from './topic.ts'

/** Where the course's own language lies, and where the others: folder → language. */
type Roots = { root: string; language: string | null; others: Map<string, string> }
export type Put = (path: string, outcome: Line['outcome'], note: string, line?: number | null) => undefined

/** Reads a course. A file that cannot be used loses only itself, and its line says why. */
export function readCourse(found: readonly Found[]): Draft {
  const files = new Map([...found].sort((a, b) => (a.path < b.path ? -1 : 1)).map((f) => [f.path, f]))
  const lines = new Map<string, Line>()
  const put: Put = (path, outcome, note, line = null) => void lines.set(path, { path, outcome, note, line })
  const manifest = manifestIn(files, put)
  const roots = rootsOf([...files.keys()], manifest)

  const sheets = new Map<string, Sheet>()
  /** A file's sheet, or undefined with a line that says why there is none. */
  const read = (path: string): Sheet | undefined => {
    const { text, trouble, sheet = text === undefined ? undefined : sheetOf(text) } = files.get(path) as Found
    if (!sheet) return put(path, 'failed', trouble?.reason ?? 'it was not read', trouble?.line)
    if (isTrouble(sheet)) return put(path, 'failed', sheet.reason, sheet.line)
    const spoken = [...roots.others].find(([folder]) => path.startsWith(folder))?.[1] ?? roots.language
    if (sheet.front.language && spoken && languageOf(sheet.front.language) !== spoken) return put(path, 'failed', `its front matter says "${sheet.front.language.slice(0, 40)}", its folder ${spoken}`, 1)
    sheets.set(path, sheet)
    return sheet
  }
  const titled = (path: string, sheet: Sheet): string | undefined => manifest.titles[path] ?? sheet.title ?? put(path, 'failed', 'it has no title; begin with a line such as "# Soil and water"', 1)
  const noted = (path: string, sheet: Sheet, note: string) => put(path, 'imported', sheet.removed ? `${note}; cleaned: ${sheet.removed}` : note, sheet.removedLine)

  const { course, modules, texts } = sorted(files, roots, put)
  const draft: Draft = { name: manifest.name ?? null, summary: manifest.summary ?? null, path: null, language: roots.language, languages: [], introduction: null, slug: manifest.slug ?? null, modules: [], topics: [], files: [], quizzes: [], report: [] }

  const front = course.get('')?.path
  const said = front && read(front)
  if (front && said && said.text.length > LONGEST_INTRODUCTION) put(front, 'failed', tooLong)
  else if (front && said) {
    draft.name ??= said.title
    draft.summary ??= said.lead
    draft.introduction = said.text
    draft.path = front
    noted(front, said, `the course's introduction${draft.name ? `: ${draft.name}` : ''}`)
  }

  const folders = new Map<string, string[]>()
  for (const folder of [...modules.keys(), ...texts.keys()]) {
    const name = folder.split('/')[0] as string
    folders.set(name, [...(folders.get(name) ?? []), folder])
  }
  for (const { name, no, clash } of numbered([...folders.keys()])) {
    const intro = modules.get(`${name}/`)
    const lessons = (folders.get(name) ?? []).filter((folder) => texts.has(folder))
    if (clash) {
      for (const path of [intro?.path, ...lessons.flatMap((l) => (texts.get(l) ?? []).map((t) => t.path))]) if (path) put(path, 'failed', `the module's number ${no} is that of "${clash}" already`)
      continue
    }
    const sheet = intro && read(intro.path)
    const title = intro && sheet && (sheet.text === '' ? (manifest.titles[intro.path] ?? titleFrom(name)) : titled(intro.path, sheet))
    if (intro && sheet && title && sheet.text.length > LONGEST_INTRODUCTION) put(intro.path, 'failed', tooLong)
    else if (intro && sheet && title) noted(intro.path, sheet, `module ${no}: ${title}`)
    const used = intro && lines.get(intro.path)?.outcome === 'imported'
    draft.modules.push({ folder: `${roots.root}${name}/`, path: used ? intro.path : null, moduleNo: no, title: (used && title) || manifest.titles[`${roots.root}${name}/README.md`] || titleFrom(name), introduction: (used && sheet?.text) || '', languages: [] })
    for (const { name: lesson, no: topicNumber, clash: other } of numbered(lessons.map((l) => l.split('/')[2] as string))) {
      const here = texts.get(`${name}/lessons/${lesson}/`) as Text[]
      if (other) for (const { path } of here) put(path, 'failed', `the lesson's number ${topicNumber} is that of "${other}" already`)
      else draft.topics.push(...topicOf({ here, folder: `${roots.root}${name}/lessons/${lesson}/`, moduleNo: no, topicNumber, manifest, files, read, titled, noted, put }))
    }
  }

  translate({ draft, files, roots, manifest, read, noted, put })
  draft.files = pointedAt(draft, files, sheets, put)
  draft.quizzes = quizzesIn(files, roots, put)
  draft.report = [...files.keys()].map((path) => lines.get(path) ?? { path, outcome: 'skipped', note: reason(path, roots), line: null })
  return draft
}

const LONGEST_INTRODUCTION = 200_000
const tooLong = `an introduction is at most ${LONGEST_INTRODUCTION.toLocaleString('en')} characters`

function manifestIn(files: ReadonlyMap<string, Found>, put: Put): Manifest {
  const file = files.get(NAME)
  if (!file) return EMPTY
  if (file.text === undefined) return put(NAME, 'failed', file.trouble?.reason ?? 'it was not read', file.trouble?.line) ?? EMPTY
  const read = manifestOf(file.text)
  if ('reason' in read) return put(NAME, 'failed', read.reason, read.line) ?? EMPTY
  put(NAME, 'imported', 'names, order and what is translated from what')
  return read
}

/** The course's own language lies in `en/`, in the one language there is, or at the top. */
function rootsOf(paths: readonly string[], manifest: Manifest): Roots {
  const tops = [...new Set(paths.filter((p) => p.includes('/') && /\.md$/i.test(p)).map((p) => p.slice(0, p.indexOf('/'))))]
  const deep = new Set(paths.filter((p) => p.indexOf('/') !== p.lastIndexOf('/')).map((p) => p.slice(0, p.indexOf('/'))))
  const spoken = tops.filter((top) => deep.has(top) && languageOf(top) !== undefined)
  const alone = spoken.length === 1 && !paths.some((p) => /^[^/]+\/lessons\//.test(p)) && paths.some((p) => /^[^/]+\/[^/]+\/lessons\//.test(p)) ? spoken[0] : undefined
  const own = spoken.includes('en') ? 'en' : alone
  const root = manifest.root ?? (own ? `${own}/` : '')
  const given = manifest.language ? languageOf(manifest.language) : undefined
  const language = given ?? (root ? languageOf(root.slice(0, -1)) : undefined) ?? null
  const others = root
    ? spoken.filter((top) => `${top}/` !== root).map((top) => [`${top}/`, languageOf(top) as string] as const)
    : [...new Set(paths.filter((p) => p.startsWith('translations/')).map((p) => p.split('/')[1] as string))].flatMap((f) => { const tag = languageOf(f); return tag ? [[`translations/${f}/`, tag] as const] : [] })
  return { root, language, others: new Map(others) }
}

/** The Markdown of the course's own language, by what it is: the course, its modules, and the texts of each lesson. */
function sorted(files: ReadonlyMap<string, Found>, { root, others }: Roots, put: Put) {
  const course = new Map<string, { path: string }>()
  const modules = new Map<string, { path: string }>()
  const texts = new Map<string, Text[]>()
  for (const { path } of files.values()) {
    if (!path.startsWith(root) || [...others.keys()].some((o) => path.startsWith(o)) || (root === '' && path.startsWith('translations/')) || isHidden(path)) continue
    const role = roleOf(path.slice(root.length))
    if (!role) continue
    const twin = (at: Map<string, { path: string }>, key: string) => {
      if (at.has(key)) put(path, 'failed', `it is there twice, as ${at.get(key)?.path}`)
      else at.set(key, { path })
    }
    if (role.is === 'course') twin(course, '')
    else if (role.is === 'module') twin(modules, role.module)
    else texts.set(role.lesson, [...(texts.get(role.lesson) ?? []), { path, role }])
  }
  return { course, modules, texts }
}

/** The files that texts point to, each told as part of the course. */
function pointedAt(draft: Draft, files: ReadonlyMap<string, Found>, sheets: ReadonlyMap<string, Sheet>, put: Put): string[] {
  const used = new Set<string>()
  const look = (path: string | null) => {
    for (const { src } of (path && sheets.get(path)?.references) || []) used.add(resolved(folderOf(path as string), src) ?? '')
  }
  for (const path of [draft.path, ...draft.languages.map((l) => l.path), ...draft.modules.flatMap((m) => [m.path, ...m.languages.map((l) => l.path)]), ...draft.topics.flatMap(pathsOf)]) look(path)
  for (const { assets, texts } of draft.topics) for (const { payload } of [...assets, ...texts]) if (payload.file) used.add(payload.file)
  return [...used].filter((path) => files.has(path) && !isHidden(path) && !/\.(md|json)$/i.test(path)).sort().flatMap((path) => {
    const { trouble } = files.get(path) as Found
    if (trouble) return put(path, 'failed', trouble.reason, trouble.line) ?? []
    put(path, 'imported', 'a file that a text points to')
    return [path]
  })
}

/** The files of quizzes, each of one language, which its name says. Beside them a quiz may have whatever else. */
function quizzesIn(files: ReadonlyMap<string, Found>, { root }: Roots, put: Put): DraftQuizzes[] {
  const taken = new Map<string, string>()
  return [...files.values()].flatMap(({ path, text, trouble }) => {
    const below = path.startsWith(root) ? path.slice(root.length) : path
    if (!isQuizzes(path) || isHidden(path) || below.split('/').length > 2) return []
    const language = languageOf(below.replace(/^.*\/|\.json$/gi, ''))
    if (text === undefined) return put(path, 'failed', trouble?.reason ?? 'it was not read', trouble?.line) ?? []
    if (!language) return put(path, 'failed', 'its name is no language; a file of quizzes is called after its own, such as en.json') ?? []
    if (taken.has(language)) return put(path, 'failed', `the quizzes in that language are in ${taken.get(language)} already`) ?? []
    taken.set(language, path)
    put(path, 'imported', 'quizzes')
    return [{ path, language, text }]
  })
}

export const pathsOf = (t: DraftTopic): string[] => [...t.assets.map((a) => a.path), ...t.texts.map((x) => x.path)]

const isHidden = (path: string) => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX')

/** Why a file is no part of a course. */
function reason(path: string, { root }: Roots): string {
  const [top = '', ...below] = path.split('/')
  if (isHidden(path)) return 'hidden'
  if (/(^|\/)quiz(zes)?\//i.test(path)) return 'quizzes are read from quizzes/<language>.json'
  if (below.length > 0 && root !== '' && languageOf(top) !== undefined && `${top}/` !== root) return 'it is no text of a course in that language'
  if (/\.(png|jpe?g|gif|svg|webp|mp4|webm|pdf|pptx?|mp3)$/i.test(path)) return 'no text points to it'
  if (/(^|\/)(licen[cs]e|copying|notice)(\.\w+)?$/i.test(path)) return 'the licence; keep it with the course'
  return 'a course is made of README.md, assignment.md and blocks/'
}
