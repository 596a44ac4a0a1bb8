// What has changed in the source since it was translated, as far as it is known: the newest published version whose source is
// another says how it was.
import { useState } from 'react'
import { asMe } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { type At, textOf } from './cell.ts'
import { Differ } from './Differ.tsx'
import { type Part, type Published, readDifference } from './wire.ts'
import { useAuthorWords } from './words.tsx'

const FAR = 6
type Found = { versionNo: number; part: Part }

/** The oldest of the latest versions since which the translation is the same and its source is not. */
async function found(courseId: string, at: At): Promise<Found | null> {
  const { versions } = await asMe<Published>('GET', `/courses/${courseId}/versions`)
  let last: Found | null = null
  for (const { versionId, versionNo } of versions.slice(0, FAR)) {
    const { parts } = await readDifference(courseId, versionId, 'draft', at.topicId).catch(() => ({ parts: [] as Part[] }))
    const mine = parts.filter((p) => p.contentKey === at.contentKey && p.personaKey === at.personaKey && p.narrator === at.narrator)
    if (mine.some((p) => p.language === at.language)) break
    const part = mine.find((p) => p.language === null && p.before)
    if (part) last = { versionNo, part }
  }
  return last
}

export function Since({ at, courseId }: { at: At; courseId: string }) {
  const { say } = useAuthorWords()
  const [state, setState] = useState<'asked' | 'busy' | { found: Found | null }>('asked')
  const look = () => { setState('busy'); found(courseId, at).then((f) => setState({ found: f }), () => setState({ found: null })) }
  if (typeof state === 'string') return <p className="small"><Button look="text" slim busy={state === 'busy'} onClick={look}>{say('au.since')}</Button></p>
  if (!state.found) return <p className="small quiet" role="status">{say('au.since.unknown')}</p>
  const { versionNo, part } = state.found
  return <div className="since" role="status"><p className="label">{say('au.since.version', { n: versionNo })}</p><Differ before={textOf(part.before)} after={textOf(part.after)} /></div>
}
