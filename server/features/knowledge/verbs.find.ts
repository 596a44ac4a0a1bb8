// What a question finds for who asks it, and whether that is enough to answer from.
import type { Kernel } from '#kernel/feature'
import { chosen } from './choosing.ts'
import { grounds } from './grounds.ts'
import { byLetters } from './letters.ts'
import { type Asking, found, type Passage, readAs } from './store.find.ts'
import { meaningOf } from './verbs.means.ts'
import { spaced } from './words.ts'

export type Question = Pick<Asking, 'userId' | 'courseId' | 'cohortId' | 'text' | 'languages' | 'draft'> & { moduleNo?: number | null; most?: number }
/** `nearest`: headings to name where the material does not answer. `shut`: modules that were not looked in, since they are not open to the asker yet. `language`: of the passages. */
export type Finding = { passages: Passage[]; grounded: boolean; nearest: string[]; shut: number[]; versionNo: number | null; language: string }
type Parts = Pick<Kernel, 'db' | 'config' | 'log'>

/** What the database finds; so many are ordered once more by their letters, and of the first of these passages are chosen. */
export const FOUND = 30
const CANDIDATES = 12
const MOST = 6
const NEAREST = 3

/** The passages that answer, the best first, for who asks: of their version and of the modules that are open to them. */
export async function find(kernel: Parts, question: Question): Promise<Finding> {
  const seen = await readAs(kernel.db.sql, question)
  const otherwise = seen?.language ?? question.languages[0] ?? 'en'
  const { found: list, grounded } = seen ? await search(kernel, question) : { found: [], grounded: false }
  return { passages: chosen(list, question.most ?? MOST), grounded, nearest: nearest(list), shut: question.moduleNo ? [] : (seen?.shut ?? []), versionNo: seen?.versionNo ?? null, language: list[0]?.language ?? otherwise }
}

/** All that comes near, the best first. A question may be asked in another language than its asker reads in: where theirs does not answer, those that the
 *  course is told in are searched too. */
export async function search(kernel: Parts, { moduleNo = null, ...asked }: Question): Promise<{ found: Passage[]; grounded: boolean }> {
  const { sql } = kernel.db
  const vector = await meaningOf(kernel, asked.text)
  const by = async (languages: readonly string[]) => {
    const list = byLetters(asked.text, await found(sql, { ...asked, text: spaced(asked.text), languages, moduleNo, vector, most: FOUND })).slice(0, CANDIDATES)
    return { found: list, grounded: grounds(list) }
  }
  const first = await by(asked.languages)
  if (first.grounded) return first
  const tried = new Set(first.found.map((p) => p.language))
  for (const language of (await readAs(sql, asked))?.told ?? []) {
    if (tried.has(language)) continue
    const next = await by([language, ...asked.languages])
    if (next.grounded && next.found[0]?.language === language) return next
  }
  return first
}

/** The headings of what comes nearest, each once. */
const nearest = (list: readonly Passage[]): string[] => [...new Set(list.map((p) => p.heading))].slice(0, NEAREST)
