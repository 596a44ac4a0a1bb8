// Places, and who may do what there, asked over REST.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { access } from '../../server/features/access/contract.ts'
import type { content } from '../../server/features/content/contract.ts'
import type { orgs } from '../../server/features/orgs/contract.ts'
import type { tutors } from '../../server/features/tutors/contract.ts'
import { asMe } from '../account.ts'

type Orgs = typeof orgs.calls
type Access = typeof access.calls
type Tutors = typeof tutors.calls

export type Place = ReplyOf<Orgs['add']>
export type Found = ReplyOf<Orgs['node']>
export type PlacesPage = ReplyOf<Orgs['nodes']>
export type Organisations = ReplyOf<Orgs['list']>
export type Kinds = ReplyOf<Orgs['types']>
export type Kind = Kinds['types'][number]

export type Roles = ReplyOf<Access['roles']>
export type Role = Roles['roles'][number]
export type Permissions = ReplyOf<Access['permissions']>
export type Grants = ReplyOf<Access['grants']>
export type Grant = Grants['grants'][number]
export type Giving = BodyOf<Access['grant']>
export type Why = ReplyOf<Access['why']>
export type Keys = ReplyOf<Access['keys']>
export type Key = Keys['keys'][number]
export type MadeKey = ReplyOf<Access['makeKey']>

export type InOrder = ReplyOf<(typeof content.calls)['languagesOf']>
export type Openings = ReplyOf<Tutors['openings']>
export type Applications = ReplyOf<Tutors['applications']>
export type Application = Applications['applications'][number]
export type Staffed = ReplyOf<Tutors['staff']>
export type Tutor = Staffed['tutors'][number]

const asked = (what: Record<string, string | null | undefined>) => {
  const said = Object.entries(what).filter((one): one is [string, string] => !!one[1])
  return said.length > 0 ? `?${new URLSearchParams(said)}` : ''
}

/** Those below a place; null: where one begins. */
export const readBelow = (parentId: string | null, cursor: string | null): Promise<PlacesPage> => asMe('GET', `/nodes${asked({ parentId, cursor })}`)
export const search = (q: string, cursor: string | null = null): Promise<PlacesPage> => asMe('GET', `/nodes${asked({ q, cursor })}`)
export const readPlace = (nodeId: string): Promise<Found> => asMe('GET', `/nodes/${nodeId}`)
export const add = (body: BodyOf<Orgs['add']>): Promise<Place> => asMe('POST', '/nodes', body)
export const change = ({ nodeId, rowVersion }: Place, what: Omit<BodyOf<Orgs['change']>, 'rowVersion'>): Promise<Place> => asMe('PATCH', `/nodes/${nodeId}`, { ...what, rowVersion })
export const move = (nodeId: string, parentId: string): Promise<Place> => asMe('POST', `/nodes/${nodeId}/move`, { parentId })
export const remove = (nodeId: string): Promise<void> => asMe('DELETE', `/nodes/${nodeId}`)
export const readKinds = (orgId: string): Promise<Kinds> => asMe('GET', `/orgs/${orgId}/node-types`)

export const readGrants = (nodeId: string, q: string, cursor: string | null): Promise<Grants> => asMe('GET', `/nodes/${nodeId}/grants${asked({ q, cursor })}`)
export const give = (nodeId: string, body: Giving): Promise<Grant> => asMe('POST', `/nodes/${nodeId}/grants`, body)
export const takeBack = (grantId: string): Promise<void> => asMe('DELETE', `/grants/${grantId}`)
/** Of somebody else, or of oneself where `userId` is null. */
export const readWhy = (userId: string | null, permission: string, node: string, cohort: string | null): Promise<Why> =>
  asMe('GET', `${userId ? `/people/${userId}/why` : '/me/why'}${asked({ permission, ...(cohort ? { cohort } : { node }) })}`)

export const makeRole = (orgId: string, body: BodyOf<Access['makeRole']>): Promise<Role> => asMe('POST', `/orgs/${orgId}/roles`, body)
export const changeRole = (roleId: string, body: BodyOf<Access['changeRole']>): Promise<Role> => asMe('PATCH', `/roles/${roleId}`, body)
export const removeRole = (roleId: string): Promise<void> => asMe('DELETE', `/roles/${roleId}`)
export const makeKey = (nodeId: string, body: BodyOf<Access['makeKey']>): Promise<MadeKey> => asMe('POST', `/nodes/${nodeId}/keys`, body)
export const revokeKey = (keyId: string): Promise<void> => asMe('DELETE', `/keys/${keyId}`)
export const viewAs = (body: BodyOf<Access['viewAs']>): Promise<ReplyOf<Access['viewAs']>> => asMe('POST', '/view-as', body)

export const putLanguages = (nodeId: string, languages: string[]): Promise<void> => asMe('PUT', `/nodes/${nodeId}/languages`, { languages })
export const putOpening = (nodeId: string, body: BodyOf<Tutors['putOpening']>): Promise<unknown> => asMe('PUT', `/nodes/${nodeId}/opening`, body)
export const readApplications = (nodeId: string, status: string | null, cursor: string | null): Promise<Applications> => asMe('GET', `/nodes/${nodeId}/applications${asked({ status, cursor })}`)
export const approve = (applicationId: string): Promise<Application> => asMe('POST', `/applications/${applicationId}/approve`)
export const refuse = (applicationId: string, reason: string): Promise<Application> => asMe('POST', `/applications/${applicationId}/refuse`, { reason })
export const apply = (nodeId: string, about: string): Promise<Application> => asMe('POST', `/openings/${nodeId}/applications`, { about })
export const withdraw = (applicationId: string): Promise<Application> => asMe('POST', `/applications/${applicationId}/withdraw`)
export const putTutor = (courseId: string, body: BodyOf<Tutors['putStaff']>): Promise<Tutor> => asMe('PUT', `/courses/${courseId}/tutors`, body)
export const removeTutor = (courseId: string, userId: string): Promise<void> => asMe('DELETE', `/courses/${courseId}/tutors/${userId}`)
