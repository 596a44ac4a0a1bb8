// A course as it lies in a folder: `[en/]<n>-<module>/README.md`, `…/lessons/<n>-<lesson>/README.md`, and beside a lesson
// its `assignment.md`. Pure: from the files found to modules and topics, and one line of report for every file.
import { headingOf, pictures, plain, sectionOf } from './markdown.ts'

/** A file that was found, by its path in the folder, with `/`. `text`: only where it was read; `trouble`: why not. */
export type Found = { path: string; text?: string; trouble?: { reason: string; line: number | null } }
/** What became of a file. `makes`: what it became part of: a topic's source path, a
 *  module's folder, or `/` for the course. */
export type Line = { path: string; outcome: 'imported' | 'skipped' | 'failed'; note: string; line: number | null; makes: string | null }
export type DraftTopic = { sourcePath: string; moduleNo: number; topicNumber: number; topicName: string; markdown: string }
export type DraftModule = { folder: string; moduleNo: number; title: string; introduction: string }
export type Draft = { name: string | null; modules: DraftModule[]; topics: DraftTopic[]; report: Line[] }

const languages = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })
const TITLE = 200
const MOST = 999

/** Reads a course. A file that cannot be used loses only itself, and its line says why. */
export function readCourse(found: readonly Found[]): Draft {
  const files = new Map([...found].sort((a, b) => (a.path < b.path ? -1 : 1)).map((f) => [f.path, f]))
  const paths = [...files.keys()]
  const root = paths.some((p) => /^en\/[^/]+\//.test(p)) ? 'en/' : ''
  const lines = new Map<string, Line>()
  const put = (path: string, outcome: Line['outcome'], note: string, line: number | null = null, makes: string | null = null) => void lines.set(path, { path, outcome, note, line, makes })
  const draft: Draft = { name: null, modules: [], topics: [], report: [] }

  /** The title and text of a Markdown file, or undefined with a line that says why not. */
  const read = (path: string): { title: string; body: string; text: string } | undefined => {
    const { text, trouble } = files.get(path) as Found
    if (text === undefined) return put(path, 'failed', trouble?.reason ?? 'it was not read', trouble?.line) as undefined
    const heading = headingOf(text)
    if (!heading) return put(path, 'failed', 'it has no title; begin with a line such as "# Soil and water"', 1) as undefined
    if ([...heading.title].length > TITLE) return put(path, 'failed', `the title is longer than ${TITLE} characters`, heading.line) as undefined
    return { title: heading.title, body: heading.rest, text }
  }

  const folders = foldersIn(paths, root).filter((m) => paths.some((p) => p.startsWith(`${root}${m}/`) && (isReadme(p.slice(root.length + m.length + 1)) || p.startsWith(`${root}${m}/lessons/`))))
  for (const { name, no, clash } of numbered(folders)) {
    const folder = `${root}${name}/`
    if (clash) {
      for (const p of paths) if (p.startsWith(folder)) put(p, 'failed', `the module's number ${no} is that of "${clash}" already`)
      continue
    }
    const intro = paths.find((p) => p.startsWith(folder) && isReadme(p.slice(folder.length)))
    const said = intro ? read(intro) : undefined
    if (intro && said) put(intro, 'imported', `module ${no}: ${said.title}`, null, folder)
    draft.modules.push({ folder, moduleNo: no, title: said?.title ?? titleFrom(name), introduction: said?.body ?? '' })
    lessonsOf(folder, no)
  }

  function lessonsOf(module: string, moduleNo: number) {
    for (const { name, no, clash } of numbered(foldersIn(paths, `${module}lessons/`))) {
      const folder = `${module}lessons/${name}/`
      const here = paths.filter((p) => p.startsWith(folder))
      const main = here.find((p) => isReadme(p.slice(folder.length)))
      const extra = here.find((p) => p.slice(folder.length).toLowerCase() === 'assignment.md')
      if (clash) {
        for (const p of here) put(p, 'failed', `the lesson's number ${no} is that of "${clash}" already`)
        continue
      }
      const said = main && read(main)
      if (!said) {
        if (extra) put(extra, 'skipped', main ? 'its lesson could not be read' : 'its lesson has no README.md')
        continue
      }
      const away = pictures(said.text).filter((src) => !files.has(resolved(folder, src))).length
      put(main, 'imported', `${moduleNo}.${no} ${said.title}${away ? ` (${away === 1 ? 'a picture is' : `${away} pictures are`} not in the folder)` : ''}`, null, main)
      const section = extra ? assignment(extra, main) : ''
      draft.topics.push({ sourcePath: main, moduleNo, topicNumber: no, topicName: said.title, markdown: said.text + section })
    }
  }

  function assignment(path: string, lesson: string): string {
    const { text, trouble } = files.get(path) as Found
    if (text === undefined) return put(path, 'failed', trouble?.reason ?? 'it was not read', trouble?.line) as undefined ?? ''
    const section = sectionOf('Assignment', text)
    put(path, section ? 'imported' : 'skipped', section ? 'a section at the end of its lesson' : 'it has headings but no instructions yet', null, section ? lesson : null)
    return section
  }

  const front = paths.find((p) => p.startsWith(root) && isReadme(p.slice(root.length)))
  const named = front ? read(front) : undefined
  if (front && named) put(front, 'imported', `the course's name: ${named.title}`, null, '/')
  draft.name = named?.title ?? null
  draft.report = paths.map((p) => lines.get(p) ?? { path: p, outcome: 'skipped', note: reason(p, root), line: null, makes: null })
  return draft
}

/** Why a file is no part of a course. */
function reason(path: string, root: string): string {
  const [top = '', ...below] = path.split('/')
  if (below.length > 0 && isLanguage(top) && root !== '' && `${top}/` !== root) return 'other languages come later'
  if (path.split('/').some((part) => part.startsWith('.'))) return 'hidden'
  if (/(^|\/)quiz(zes)?\//i.test(path)) return 'quizzes come later'
  if (/\.(png|jpe?g|gif|svg|webp|mp4|webm|pdf)$/i.test(path)) return 'pictures and films come later'
  if (/(^|\/)(licen[cs]e|copying|notice)(\.\w+)?$/i.test(path)) return 'the licence; keep it with the course'
  return 'a course is made of README.md and assignment.md'
}

const isLanguage = (folder: string) => /^[a-z]{2,3}([-_][a-z]{2,4})?$/i.test(folder) && languages.of(folder.replace('_', '-')) !== undefined

const isReadme = (name: string) => name.toLowerCase() === 'readme.md'

const foldersIn = (paths: readonly string[], at: string): string[] =>
  [...new Set(paths.filter((p) => p.startsWith(at)).map((p) => p.slice(at.length).split('/')).filter((parts) => parts.length > 1).map((parts) => parts[0] as string))]

/** Folders with their numbers, in order; those without one come last, by name. `clash`: who has the number already. */
function numbered(names: readonly string[]): { name: string; no: number; clash?: string }[] {
  const own = (name: string) => { const n = Number(/^\d+/.exec(name)?.[0] ?? 0); return n >= 1 && n <= MOST ? n : Number.POSITIVE_INFINITY }
  const taken = new Map<number, string>()
  let last = 0
  return [...names].sort((a, b) => own(a) - own(b) || (a < b ? -1 : 1)).map((name) => {
    const no = Number.isFinite(own(name)) ? own(name) : last + 1
    const clash = taken.get(no)
    if (!clash) taken.set(no, name)
    last = Math.max(last, no)
    return clash ? { name, no, clash } : { name, no }
  })
}

/** "2-smart-farms" as a title: "Smart farms". */
export function titleFrom(folder: string): string {
  const words = plain(folder.replace(/^\d+[-_. ]*/, '').replace(/[-_]+/g, ' ')) || folder
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function resolved(folder: string, src: string): string {
  const parts = folder.split('/').slice(0, -1)
  for (const part of src.split('/')) part === '..' ? parts.pop() : part !== '.' && parts.push(part)
  return parts.join('/')
}
