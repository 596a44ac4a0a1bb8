// The ways of the dashboard, and its files.
import { token } from '../account.ts'
import { Refusal } from '../api.ts'

export const PARTS = ['stuck', 'fairness', 'sessions', 'items'] as const
export type Part = (typeof PARTS)[number]
export const isPart = (part: string | undefined): part is Part => (PARTS as readonly string[]).includes(part ?? '')

/** Where a part is; without one the board itself, `rows` or `batch` of it. */
export const toDash = (cohortId: string, part?: Part | undefined, query?: Record<string, string>): string =>
  `/cohort/${cohortId}/dashboard${part ? `/${part}` : ''}${query ? `?${new URLSearchParams(query)}` : ''}`

export const boardFile = (cohortId: string): string => `/cohorts/${cohortId}/board.csv`
export const partFile = (cohortId: string, part: Part, quizId?: string): string => `/cohorts/${cohortId}/analysis/${part}.csv${quizId ? `?quizId=${quizId}` : ''}`

/** Hands a file of the server to the browser. Throws a `Refusal`. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${await token()}` } }).catch(() => { throw new Refusal('unheard', '', 0) })
  if (!answer.ok) {
    const said = await answer.json().catch(() => null)
    throw new Refusal(said?.code ?? 'internal', said?.detail ?? '', answer.status)
  }
  const href = URL.createObjectURL(await answer.blob())
  Object.assign(document.createElement('a'), { href, download: name }).click()
  setTimeout(() => URL.revokeObjectURL(href), 60_000)
}
