// The answers to a prompt in groups, asked over REST.
import type { Group, GroupsSeen } from '../../server/features/groups/contract.ts'
import { asMe } from '../account.ts'

export type { Group, GroupsSeen }
export type Kept = Pick<Group, 'groupId' | 'name' | 'renamed' | 'answers'>

const at = (promptId: string, rest = '') => `/prompts/${promptId}/groups${rest}`
export const show = (promptId: string): Promise<GroupsSeen> => asMe('GET', at(promptId))
export const rename = (promptId: string, version: number, groupId: string, name: string): Promise<GroupsSeen> => asMe('PATCH', at(promptId, `/${groupId}`), { version, name })
export const merge = (promptId: string, version: number, groupId: string, others: string[]): Promise<GroupsSeen> => asMe('POST', at(promptId, `/${groupId}/merge`), { version, with: others })
export const split = (promptId: string, version: number, answers: string[], name: string): Promise<GroupsSeen> => asMe('POST', at(promptId, '/split'), { version, answers, ...(name && { name }) })
export const arrange = (promptId: string, version: number, groups: Kept[]): Promise<GroupsSeen> => asMe('PUT', at(promptId), { version, groups })
export const again = (promptId: string, version: number): Promise<GroupsSeen> => asMe('POST', at(promptId), { version })
