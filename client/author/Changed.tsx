// What differs between two versions, or a version and what is written now: topic by topic, and in each what every block said and says.
import { useState } from 'react'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { textOf } from './cell.ts'
import { Differ } from './Differ.tsx'
import { saysOf } from './Whom.tsx'
import { type Difference, differenceAt, type Part, type TopicDifference } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'

type Sides = { courseId: string; from: string; to: string }

export function Changed({ courseId, from, to }: Sides) {
  const { say } = useAuthorWords()
  const { there, refusal, again } = useReading<Difference>(differenceAt(courseId, from, to))
  const [open, setOpen] = useState<string | null>(null)
  if (refusal) return <Refused of={refusal} again={again} />
  if (!there) return <Bones label={say('au.wait')} lines={[100, 100]} />
  if (there.topics.length === 0) return <p className="quiet">{say(there.outline ? 'au.changed.outline' : 'au.changed.none')}</p>
  return (
    <div className="changed-of">
      {there.outline && <p className="quiet small">{say('au.changed.outline')}</p>}
      <ul>{there.topics.map((t) => (
        <li key={t.topicId}>
          <button type="button" className="changed-row" aria-expanded={open === t.topicId} onClick={() => setOpen(open === t.topicId ? null : t.topicId)}>
            <b className={`mark-of ${t.change}`}>{say(`au.change.${t.change}`)}</b><span className="grow" dir="auto">{t.topicName}</span><span className="num quiet small">{t.was === t.is ? t.is : say('au.from.to', { was: t.was ?? '–', is: t.is ?? '–' })}</span></button>
          {open === t.topicId && <InTopic courseId={courseId} from={from} to={to} topicId={t.topicId} />}
        </li>))}</ul>
    </div>
  )
}

function InTopic({ courseId, from, to, topicId }: Sides & { topicId: string }) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const { there, refusal } = useReading<TopicDifference>(differenceAt(courseId, from, to, topicId))
  if (refusal) return <p className="trouble small">{trouble(refusal)}</p>
  if (!there) return <Bones label={say('au.wait')} lines={[90, 70]} />
  const renamed = there.before !== null && there.after !== null && there.before !== there.after
  return (
    <div className="in-topic">
      {renamed && <Differ before={there.before!} after={there.after!} />}
      {there.parts.map((p) => <OnePart key={`${p.contentKey} ${p.personaKey} ${p.narrator} ${p.language}`} part={p} />)}
      {there.parts.length === 0 && !renamed && <p className="quiet small">{say('au.changed.place')}</p>}
    </div>
  )
}

function OnePart({ part: p }: { part: Part }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const facts = [say('au.block.name', { kind: say(`au.kind.${p.contentType}`), key: p.contentKey }), ...(p.personaKey || p.narrator ? [say(saysOf(p))] : []), ...(p.language ? [nameOf(p.language)] : [])]
  return <section><p className="label">{facts.join(', ')}</p><Differ before={textOf(p.before)} after={textOf(p.after)} {...(p.language && { language: p.language })} /></section>
}
