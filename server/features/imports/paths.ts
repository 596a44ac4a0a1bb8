// What a path says about a file of a course: whose it is, in which language, and what it is there.
import { KEY, NARRATORS, PERSONAS } from './front.ts'
import { plain } from './markdown.ts'

/** What a Markdown file is, below the folder of its language. `lesson`: its folder, with `/`. */
export type Role =
  | { is: 'course' }
  | { is: 'module'; module: string }
  | { is: 'text'; module: string; lesson: string; key: string; persona: string | null; narrator: string | null }

const persona = (word: string) => (PERSONAS as readonly string[]).includes(word)
const narrator = (word: string) => (NARRATORS as readonly string[]).includes(word)

/** The role of a path below its language's folder; undefined where it is no part of a course. */
export function roleOf(path: string): Role | undefined {
  const parts = path.split('/')
  const name = parts.pop() as string
  if (parts.length === 0) return isReadme(name) ? { is: 'course' } : undefined
  const module = `${parts[0]}/`
  if (parts.length === 1) return isReadme(name) ? { is: 'module', module } : undefined
  if (parts[1] !== 'lessons' || parts.length > 4) return undefined
  if (parts.length === 4 && parts[3] !== 'blocks') return undefined
  const lesson = `${module}lessons/${parts[2]}/`
  const [, stem, ext] = /^(.+)\.(md)$/i.exec(name) ?? []
  if (stem === undefined || ext === undefined || parts.length < 3) return undefined
  const words = stem.split('.')
  const last = words.at(-1) as string
  const variant = words.length > 1 && (persona(last) || narrator(last) || last === EVERYBODY) ? (words.pop() as string) : null
  const base = words.join('.')
  const key = parts.length === 4 ? base : base.toLowerCase() === 'readme' ? 'text' : base.toLowerCase() === 'assignment' ? 'assignment' : undefined
  if (key === undefined || !KEY.test(key) || key.length > 80) return undefined
  return { is: 'text', module, lesson, key, persona: variant && persona(variant) ? variant : null, narrator: variant && narrator(variant) ? variant : null }
}

/** Said of a text for everybody whose key ends as that of a variant would. */
const EVERYBODY = 'all'

/** Where a text is written, below its language's folder. */
export function pathFor(lesson: string, key: string, whom: string | null, readme = 'README.md'): string {
  const end = key.slice(key.lastIndexOf('.') + 1)
  const variant = whom ?? (end !== key && (persona(end) || narrator(end) || end === EVERYBODY) ? EVERYBODY : null)
  const base = key === 'text' ? readme.replace(/\.md$/i, '') : key === 'assignment' ? 'assignment' : `blocks/${key}`
  return `${lesson}${base}${variant ? `.${variant}` : ''}.md`
}

/** Whether it is a file of quizzes: `quizzes/<language>.json`, at the top or in the folder of the course's own language. */
export const isQuizzes = (path: string) => /^([^/]+\/)?quiz(zes)?\/[^/]+\.json$/i.test(path)

export const isReadme = (name: string) => name.toLowerCase() === 'readme.md'

const named = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' })

/** The language that a folder is called after, as it is written in full (`hin` is `hi`); undefined where it is none. */
export function languageOf(folder: string): string | undefined {
  if (!/^[a-z]{2,3}([-_][a-z0-9]{2,8}){0,3}$/i.test(folder)) return undefined
  try {
    const tag = Intl.getCanonicalLocales(folder.replaceAll('_', '-'))[0]
    return tag && named.of(tag) !== undefined ? tag : undefined
  } catch {
    return undefined
  }
}

const MOST = 999

/** Folders with their numbers, in order; those without one come last, by name. `clash`: who has the number already. */
export function numbered(names: readonly string[]): { name: string; no: number; clash?: string }[] {
  const own = (name: string) => { const n = Number(/^\d{1,9}/.exec(name)?.[0] ?? 0); return n >= 1 && n <= MOST ? n : Number.POSITIVE_INFINITY }
  const taken = new Map<number, string>()
  let last = 0
  return [...names].sort((a, b) => (own(a) === own(b) ? 0 : own(a) - own(b)) || (a < b ? -1 : 1)).map((name) => {
    const no = Number.isFinite(own(name)) ? own(name) : last + 1
    const clash = taken.get(no)
    if (!clash) taken.set(no, name)
    last = Math.max(last, no)
    return clash ? { name, no, clash } : { name, no }
  })
}

/** "2-smart-farms" as a title: "Smart farms". */
export function titleFrom(folder: string): string {
  const words = plain(folder.slice(0, 1_000).replace(/^\d+[-_. ]*/, '').replace(/[-_]+/g, ' ')) || folder
  return [...(words.charAt(0).toUpperCase() + words.slice(1))].slice(0, 200).join('')
}

/** Why a path cannot be that of a file in a course; undefined where it can. */
export function pathTrouble(path: string): string | undefined {
  if (path.includes('\0') || !path.isWellFormed()) return 'its name holds what no name may'
  if (path.includes('\ufffd')) return 'its name is not UTF-8'
  if (path.includes('\\')) return 'its name holds a backslash; folders are parted by "/"'
  if (path.startsWith('/') || /^[a-z]:/i.test(path)) return 'its path begins at the top of a disk'
  if (path.split('/').some((part) => part === '..' || part === '.' || part === '')) return 'its path leads elsewhere ("..")'
  if (path.length > 1_000) return 'its path is longer than 1,000 characters'
  return undefined
}

/** Under what two names are one on some machines: case and the way accents are written do not tell them apart. */
export const sameName = (path: string): string => path.normalize('NFC').toLowerCase()

/** A path as it may stand in a report. */
export const shown = (path: string): string => path.slice(0, 400).toWellFormed().replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
