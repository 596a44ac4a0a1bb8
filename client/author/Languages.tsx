// How far the course is in each language, what is stale, and the names of the course and its modules side by side.
import { useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Refused } from '../parts/Refused.tsx'
import { Bones } from '../parts/State.tsx'
import { useKept } from '../cohort/kept.ts'
import { Names } from './Names.tsx'
import { AddTongue } from './Whom.tsx'
import { type Coverage, toWrite } from './wire.ts'
import { useAuthorWords, useTongues } from './words.tsx'

type InOne = Coverage['languages'][number]

export function Languages({ courseId }: { courseId: string }) {
  const { say } = useAuthorWords()
  const nameOf = useTongues()
  const [, to] = useLocation()
  const chosen = new URLSearchParams(useSearch()).get('in')
  const { there, refusal, again } = useKept<Coverage>(`/courses/${courseId}/languages`)
  const choose = (tag: string) => to(toWrite(courseId, 'languages', { in: tag }))
  if (refusal && !there) return <Refused of={refusal} again={again} />
  if (!there) return <Bones label={say('au.wait')} lines={[50, 100, 100]} />
  const empty: InOne[] = chosen && !there.languages.some((l) => l.language === chosen) ? [{ language: chosen, draft: 0, ai: 0, reviewed: 0, stale: 0 }] : []
  const all = [...there.languages, ...empty].sort((a, b) => nameOf(a.language).localeCompare(nameOf(b.language)))
  return (
    <>
      <div className="spread wrap"><h1 className="h-page">{say('au.languages')}</h1><AddTongue taken={[there.language, ...all.map((l) => l.language)]} onAdd={choose} /></div>
      <p className="quiet">{say('au.languages.why', { language: nameOf(there.language), n: there.texts })}</p>
      {all.length === 0 && <div className="none-yet"><h2 className="h">{say('au.languages.none')}</h2><p className="quiet">{say('au.languages.none.why')}</p></div>}
      <ul className="tongues">{all.map((l) => <One key={l.language} of={l} texts={there.texts} stale={there.stale.filter((s) => s.language === l.language)} courseId={courseId} isChosen={l.language === chosen} onChoose={() => choose(l.language)} />)}</ul>
      {chosen && <Names key={chosen} courseId={courseId} language={chosen} own={there.language} onSaved={again} />}
    </>
  )
}

const PARTS = ['reviewed', 'ai', 'draft'] as const

function One({ of: l, texts, stale, courseId, isChosen, onChoose }: { of: InOne; texts: number; stale: Coverage['stale']; courseId: string; isChosen: boolean; onChoose(): void }) {
  const { say, number } = useAuthorWords()
  const nameOf = useTongues()
  const [all, setAll] = useState(false)
  const left = Math.max(0, texts - l.draft - l.ai - l.reviewed)
  const shown = all ? stale : stale.slice(0, 6)
  return (
    <li className="tongue">
      <div className="spread wrap"><h2 className="h" lang={l.language}>{nameOf(l.language)}</h2><Button look="line" slim aria-pressed={isChosen} className={isChosen ? 'pressed' : ''} onClick={onChoose}>{say('au.names')}<span className="sr"> {nameOf(l.language)}</span></Button></div>
      <div className="cover" aria-hidden="true">{PARTS.map((part) => l[part] > 0 && <i key={part} className={part} style={{ inlineSize: `${(l[part] / Math.max(1, texts)) * 100}%` }} />)}</div>
      <ul className="legend-of-cover small">{PARTS.map((part) => <li key={part}><i className={part} aria-hidden="true" />{say(`au.status.${part}`)} <b className="num">{number(l[part])}</b></li>)}<li><i aria-hidden="true" />{say('au.status.none')} <b className="num">{number(left)}</b></li>{l.stale > 0 && <li><b className="stale-mark">{say('au.stale.n', { n: l.stale })}</b></li>}</ul>
      {shown.length > 0 && <ul className="stale-list">{shown.map((s) => <li key={`${s.topicId} ${s.contentKey}`}><Link href={`${toWrite(courseId, s.topicId, { in: l.language })}${s.contentKey ? `#${s.contentKey}` : ''}`}><span dir="auto">{s.topicName}</span> <span className="quiet">{s.contentKey ?? say('au.stale.name')}</span></Link></li>)}</ul>}
      {stale.length > shown.length && <Button look="text" slim onClick={() => setAll(true)}>{say('au.stale.all', { n: stale.length })}</Button>}
    </li>
  )
}
