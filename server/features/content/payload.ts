// What a block may say. Pure: what is wrong with a payload, in a sentence, or null.
import type { Static } from 'typebox'
import type { ContentType, Payload } from './contract.ts'

type Type = Static<typeof ContentType>
const FIELDS: Record<Type, readonly (keyof Payload)[]> = { text: ['markdown'], image: ['fileId', 'src', 'alt', 'caption'], video: ['fileId', 'src', 'title', 'caption'], ppt: ['fileId', 'src', 'title', 'caption'] }

/** `isWhole`: it stands by itself; a translation may give only some fields, and the rest is the source's. */
export function wrongIn(type: Type, payload: Payload, isWhole: boolean): string | null {
  const odd = (Object.keys(payload) as (keyof Payload)[]).find((field) => payload[field] !== undefined && !FIELDS[type].includes(field))
  if (odd) return `A block of type ${type} has no "${odd}"; it has ${FIELDS[type].join(', ')}.`
  if (!isWhole) return Object.keys(payload).length > 0 ? null : 'Say at least one thing in this language.'
  if (type === 'text') return payload.markdown === undefined ? 'A text needs its "markdown".' : null
  if ((payload.fileId === undefined) === (payload.src === undefined)) return `Give either the "fileId" of a file of the course or the "src" of one elsewhere.`
  if (type === 'image' && payload.alt === undefined) return 'An image needs "alt": what somebody who cannot see it is to read; an empty one where it only adorns.'
  return isAddress(payload.src) ? null : 'The "src" must begin with https://.'
}

const isAddress = (src: string | undefined) => src === undefined || (URL.canParse(src) && new URL(src).protocol === 'https:')

/** The layout of a topic as `topics.text_content` keeps it. */
export const layoutOf = (blocks: readonly { contentKey: string; type: string }[]): string => JSON.stringify({ blocks: blocks.map(({ type, contentKey }) => ({ type, contentKey })) })
