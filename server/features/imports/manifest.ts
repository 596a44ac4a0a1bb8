// `lectern.json` at the top of a course: only what the folders and files cannot say. Nothing of it is needed.
import { KEY } from './front.ts'

export type Manifest = {
  slug?: string
  name?: string
  summary?: string
  /** The language the course is written in. */
  language?: string
  /** The folder of that language, with `/`; empty where it is the top. */
  root?: string
  /** By path: titles that are not what the file says. */
  titles: Record<string, string>
  /** By path of the course's own file in another language: a summary that is not the first paragraph. */
  summaries: Record<string, string>
  /** By the folder of a lesson: its blocks, where their order is not text, assignment, and the others by name. */
  blocks: Record<string, string[]>
  /** By path of a translation: its status, and the hash of what it is a translation of, where that is not what one would think. */
  translations: Record<string, { status?: 'draft' | 'ai' | 'reviewed'; of?: string }>
  /** Files of the course whose bytes were lost before it went out: said, and not read again. */
  missing?: string[]
}

export const NAME = 'lectern.json'
export const EMPTY: Manifest = { titles: {}, summaries: {}, blocks: {}, translations: {} }

const MOST = 200
const isText = (v: unknown, most = MOST): v is string => typeof v === 'string' && v.length <= most && v.isWellFormed() && !v.includes('\0')
const isTitle = (v: unknown): v is string => isText(v, 2 * MOST) && v.trim() !== '' && [...v].length <= MOST
const entries = (v: unknown) => (typeof v === 'object' && v !== null && !Array.isArray(v) ? Object.entries(v) : [])
const STATUSES = ['draft', 'ai', 'reviewed'] as const

/** Reads it; what is not understood is let be. Or says what is wrong, with the line. */
export function manifestOf(text: string): Manifest | { reason: string; line: number | null } {
  let given: Record<string, unknown>
  try {
    given = JSON.parse(text.replace(/^\ufeff/, '')) as Record<string, unknown>
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1]
    return { reason: 'it is not JSON', line: at ? text.slice(0, Number(at)).split('\n').length : null }
  }
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return { reason: 'it is not a JSON object', line: 1 }
  const { slug, name, summary, language, root } = given
  return {
    ...(isText(slug) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) && slug.length <= 80 && { slug }),
    ...(isTitle(name) && { name }),
    ...(isText(summary, 2_000) && { summary }),
    ...(isText(language, 35) && { language }),
    ...(isText(root) && /^([^/\\]+\/)?$/.test(root) && { root }),
    titles: Object.fromEntries(entries(given.titles).filter((e): e is [string, string] => isTitle(e[1]))),
    summaries: Object.fromEntries(entries(given.summaries).filter((e): e is [string, string] => isText(e[1], 2_000))),
    blocks: Object.fromEntries(entries(given.blocks).filter((e): e is [string, string[]] => Array.isArray(e[1]) && e[1].length <= MOST && e[1].every((k) => isText(k, 80) && KEY.test(k)))),
    translations: Object.fromEntries(entries(given.translations).map(([path, said]) => {
      const { status, of } = (said ?? {}) as Record<string, unknown>
      const known = STATUSES.find((s) => s === status)
      return [path, { ...(known && { status: known }), ...(isText(of, 64) && { of }) }]
    })),
  }
}

/** As it is written: sorted, so that the same course gives the same bytes. */
export function manifestText({ titles, summaries, blocks, translations, ...head }: Manifest): string {
  const sorted = (o: Record<string, unknown>) => Object.fromEntries(Object.keys(o).sort().map((k) => [k, o[k]]))
  const parts = { titles, summaries, blocks, translations }
  return `${JSON.stringify({ lectern: 1, ...sorted(head), ...Object.fromEntries(Object.entries(parts).filter(([, v]) => Object.keys(v).length > 0).map(([k, v]) => [k, sorted(v)])) }, null, 2)}\n`
}
