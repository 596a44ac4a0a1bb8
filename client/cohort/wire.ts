// A cohort as a whole, asked over REST.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { cohorts } from '../../server/features/cohorts/contract.ts'
import { asMe } from '../account.ts'

type Calls = typeof cohorts.calls
export type Cohort = ReplyOf<Calls['show']>
export type Said = BodyOf<Calls['change']>
export type Request = ReplyOf<Calls['requests']>['requests'][number]
export type Project = ReplyOf<Calls['projects']>['projects'][number]

const at = (cohortId: string, rest: string) => `/cohorts/${cohortId}${rest}`
export const save = (cohortId: string, said: Said): Promise<void> => asMe('PATCH', at(cohortId, ''), said)
export const archive = (cohortId: string, on: boolean): Promise<void> => asMe('POST', at(cohortId, on ? '/archive' : '/unarchive'), {})
export const accept = (cohortId: string, requestId: string, batchNo: number | null): Promise<Request> => asMe('POST', at(cohortId, `/requests/${requestId}/accept`), batchNo === null ? {} : { batchNo })
export const decline = (cohortId: string, requestId: string): Promise<Request> => asMe('POST', at(cohortId, `/requests/${requestId}/refuse`), {})
export const putProject = (cohortId: string, { batchNo, ...said }: Omit<Project, 'rowVersion'> & { rowVersion?: number }): Promise<Project> => asMe('PUT', at(cohortId, `/batches/${batchNo}/project`), said)
export const removeProject = (cohortId: string, batchNo: number): Promise<void> => asMe('DELETE', at(cohortId, `/batches/${batchNo}/project`))
