// What authors ask over REST: the outline, topics and what their blocks say, versions, and a course in and out.
import type { BodyOf, ReplyOf } from '../../server/kernel/contract.ts'
import type { catalog } from '../../server/features/catalog/contract.ts'
import type { content } from '../../server/features/content/contract.ts'
import type { files } from '../../server/features/files/contract.ts'
import type { imports } from '../../server/features/imports/contract.ts'
import type { versions } from '../../server/features/versions/contract.ts'
import { asMe } from '../account.ts'

type Catalog = typeof catalog.calls
type Content = typeof content.calls
type Versions = typeof versions.calls
export type Product = ReplyOf<Catalog['product']>
export type Outlined = ReplyOf<Catalog['outline']>
export type OutlineBody = BodyOf<Catalog['putOutline']>
export type Source = ReplyOf<Content['source']>
export type Block = Source['blocks'][number]
export type Asset = Source['assets'][number]
export type Kind = Block['type']
export type Payload = Asset['payload']
export type Persona = NonNullable<Asset['personaKey']>
export type Voice = NonNullable<Asset['narrator']>
export type Status = Asset['languages'][number]['status']
export type Named = ReplyOf<Content['names']>
export type NamesBody = BodyOf<Content['putNames']>
export type Coverage = ReplyOf<Content['languages']>
export type Published = ReplyOf<Versions['list']>
export type Version = Published['versions'][number]
export type Difference = ReplyOf<Versions['difference']>
export type TopicDifference = ReplyOf<Versions['topicDifference']>
export type Part = TopicDifference['parts'][number]
export type Put = ReplyOf<(typeof files.calls)['put']>
export type Import = ReplyOf<(typeof imports.calls)['show']>
export type Imported = ReplyOf<(typeof imports.calls)['list']>['imports'][number]

const course = (courseId: string, rest: string) => `/courses/${courseId}${rest}`
const query = (asked: Record<string, string | null | undefined>): string => {
  const there = Object.entries(asked).filter((e): e is [string, string] => !!e[1])
  return there.length > 0 ? `?${new URLSearchParams(there)}` : ''
}

export const makeCourse = (body: BodyOf<Catalog['create']>): Promise<{ courseId: string }> => asMe('POST', '/courses', body)
export const changeProduct = (productId: string, body: BodyOf<Catalog['changeProduct']>): Promise<{ rowVersion: number }> => asMe('PATCH', `/products/${productId}`, body)
export const offer = (productId: string, nodeId: string, on: boolean): Promise<void> => asMe(on ? 'PUT' : 'DELETE', `/products/${productId}/nodes/${nodeId}`)
export const readOutline = (courseId: string): Promise<Outlined> => asMe('GET', course(courseId, '/outline'))
export const putOutline = (courseId: string, body: OutlineBody): Promise<Outlined> => asMe('PUT', course(courseId, '/outline'), body)
export const addTopic = (courseId: string, body: BodyOf<Content['addTopic']>): Promise<{ topicId: string }> => asMe('POST', course(courseId, '/topics'), body)
export const readSource = (topicId: string): Promise<Source> => asMe('GET', `/topics/${topicId}/source`)
export const putLayout = (topicId: string, body: BodyOf<Content['layout']>): Promise<{ rowVersion: number }> => asMe('PUT', `/topics/${topicId}/layout`, body)
export const putAsset = (topicId: string, contentKey: string, body: BodyOf<Content['putAsset']>): Promise<{ assetId: string; rowVersion: number }> => asMe('PUT', `/topics/${topicId}/assets/${contentKey}`, body)
export const dropAsset = (topicId: string, contentKey: string, of: { personaKey?: string | null; narrator?: string | null; language?: string | null }): Promise<void> => asMe('DELETE', `/topics/${topicId}/assets/${contentKey}${query(of)}`)
export const putName = (topicId: string, language: string, body: BodyOf<Content['putName']>): Promise<{ rowVersion: number }> => asMe('PUT', `/topics/${topicId}/names/${language}`, body)
export const namesAt = (courseId: string, language: string) => course(courseId, `/names/${language}`)
export const readNames = (courseId: string, language: string): Promise<Named> => asMe('GET', namesAt(courseId, language))
export const putNames = (courseId: string, language: string, body: NamesBody): Promise<void> => asMe('PUT', namesAt(courseId, language), body)
export const publish = (courseId: string, body: BodyOf<Versions['publish']>): Promise<ReplyOf<Versions['publish']>> => asMe('POST', course(courseId, '/versions'), body)
export const restore = (courseId: string, versionId: string): Promise<ReplyOf<Versions['restore']>> => asMe('POST', course(courseId, `/versions/${versionId}/restore`), {})
export const moveCohort = (cohortId: string, versionId: string | null): Promise<{ versionNo: number | null }> => asMe('PUT', `/cohorts/${cohortId}/version`, { versionId })
export const differenceAt = (courseId: string, from: string, to: string, topicId?: string) => course(courseId, `/versions/${from}/difference/${to}${topicId ? `/topics/${topicId}` : ''}`)
export const readDifference = (courseId: string, from: string, to: string, topicId: string): Promise<TopicDifference> => asMe('GET', differenceAt(courseId, from, to, topicId))
export const readImport = (jobId: string, cursor: string | null): Promise<Import> => asMe('GET', `/imports/${jobId}${query({ outcome: 'all', cursor })}`)

/** The pages for authors; `part`: a topic, or the name of a page. */
export const toWrite = (courseId: string, part?: string, asked: { for?: string | null; in?: string | null } = {}) => `/course/${courseId}/write${part ? `/${part}` : ''}${query(asked)}`
