// The ways of the dashboard, and its files.
import { token } from '../account.ts'
import { Refusal } from '../api.ts'

export const PARTS = ['stuck', 'fairness', 'sessions', 'items', 'modules'] as const
export type Part = (typeof PARTS)[number]
/** Those that the server makes a file of. */
export type Found = Exclude<Part, 'modules'>
export const isPart = (part: string | undefined): part is Part => (PARTS as readonly string[]).includes(part ?? '')

/** Where a part is; without one the board itself, `rows` or `batch` of it. */
export const toDash = (cohortId: string, part?: Part | undefined, query?: Record<string, string>): string =>
  `/cohort/${cohortId}/dashboard${part ? `/${part}` : ''}${query ? `?${new URLSearchParams(query)}` : ''}`

/** The classes of a course side by side; a part of it. */
export const toCourse = (courseId: string, part?: string, query?: Record<string, string>): string => `/course/${courseId}/analysis${part ? `/${part}` : ''}${query ? `?${new URLSearchParams(query)}` : ''}`

export const boardFile = (cohortId: string): string => `/cohorts/${cohortId}/board.csv`
export const partFile = (cohortId: string, part: Found, quizId?: string): string => `/cohorts/${cohortId}/analysis/${part}.csv${quizId ? `?quizId=${quizId}` : ''}`

/** Hands a file of the server to the browser. Throws a `Refusal`. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${await token()}` } }).catch(() => { throw new Refusal('unheard', '', 0) })
  if (!answer.ok) {
    const said = await answer.json().catch(() => null)
    throw new Refusal(said?.code ?? 'internal', said?.detail ?? '', answer.status)
  }
  handOver(await answer.blob(), name)
}

export function handOver(file: Blob, name: string): void {
  const href = URL.createObjectURL(file)
  Object.assign(document.createElement('a'), { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
