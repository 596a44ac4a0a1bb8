// The prepared questions of a cohort's course, asked over REST.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { reading } from '../../server/features/reading/contract.ts'
import type { prepared } from '../../server/features/prepared/contract.ts'
import { asMe } from '../account.ts'

type Calls = typeof prepared.calls
export type List = ReplyOf<Calls['list']>
export type Prepared = List['prompts'][number]
export type Said = Omit<BodyOf<Calls['change']>, 'version'>
export type Place = ReplyOf<Calls['place']>['places'][number]
export type Course = ReplyOf<typeof reading.calls.course>

export const at = (cohortId: string, rest = '') => `/cohorts/${cohortId}/prompts${rest}`
export const add = (cohortId: string, topicId: string | null, said: Said): Promise<Prepared> => asMe('POST', at(cohortId), { topicId, ...said })
export const change = (cohortId: string, preparedId: string, version: number, said: Said): Promise<Prepared> => asMe('PATCH', at(cohortId, `/${preparedId}`), { version, ...said })
export const place = (cohortId: string, preparedId: string, to: { topicId: string | null; afterId: string | null }): Promise<{ places: Place[] }> => asMe('PUT', at(cohortId, `/${preparedId}/place`), to)
export const remove = (cohortId: string, preparedId: string): Promise<void> => asMe('DELETE', at(cohortId, `/${preparedId}`))
export const putBack = (cohortId: string, preparedId: string): Promise<Prepared> => asMe('POST', at(cohortId, `/${preparedId}/back`), {})
