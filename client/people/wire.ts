// The list of a cohort, asked over REST.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { asMe } from '../account.ts'

type Calls = typeof cohorts.calls
export type Page = ReplyOf<Calls['members']>
export type Listed = Page['members'][number]
export type Counts = NonNullable<Page['counts']>
export type Cohort = ReplyOf<Calls['show']>
export type Looked = ReplyOf<Calls['checkMembers']>
export type LookedRow = Looked['rows'][number]
export type Field = LookedRow['changes'][number]['field']
export type Row = NonNullable<BodyOf<Calls['addMembers']>['members']>[number]
export type Came = ReplyOf<Calls['addMembers']>
export type Cells = BodyOf<Calls['changeMember']>
export type Sift = { q: string; role: '' | Listed['role']; batch: '' | number; show: 'all' | 'unseen' | 'removed' }

export const EVERYBODY: Sift = { q: '', role: '', batch: '', show: 'all' }

const at = (cohortId: string, rest = '') => `/cohorts/${cohortId}/members${rest}`

export function readPage(cohortId: string, { q, role, batch, show }: Sift, cursor: string | null): Promise<Page> {
  const asked = new URLSearchParams({ ...(q && { q }), ...(role && { role }), ...(batch !== '' && { batch: String(batch) }), ...(show === 'unseen' && { signedIn: 'false' }), ...(show === 'removed' && { removed: 'true' }), ...(cursor && { cursor }) })
  return asMe('GET', at(cohortId, `?${asked}`))
}

export const change = (cohortId: string, memberId: string, cells: Cells): Promise<Listed> => asMe('PATCH', at(cohortId, `/${memberId}`), cells)
export const remove = (cohortId: string, memberId: string): Promise<void> => asMe('DELETE', at(cohortId, `/${memberId}`))
export const putBack = (cohortId: string, memberId: string): Promise<Listed> => asMe('POST', at(cohortId, `/${memberId}/back`), {})
export const add = (cohortId: string, members: Row[]): Promise<Came> => asMe('POST', at(cohortId), { members })
/** A file as it is, or rows as they were put right. */
export const look = (cohortId: string, list: Blob | { members: Row[] }): Promise<Looked> => asMe('POST', at(cohortId, '/check'), list)

/** +50 %: what is added to the time, as it is shown and typed. */
export const extra = (factor: number): string => (factor === 1 ? '' : `+${Math.round((factor - 1) * 1_000) / 10} %`)
/** In a field for extra time every share up to the whole is what is added. */
export function asExtra(typed: string): string {
  const text = typed.trim()
  if (text === '') return '0'
  return /^\d/.test(text) && Number.parseFloat(text) <= 100 && (text.endsWith('%') || Number.parseFloat(text) >= 10) ? `+${text}` : text
}
