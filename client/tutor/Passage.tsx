// A passage that an answer rests on, beside the talk: what it says, with the quote marked, and the way to where it stands.
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Bones } from '../parts/State.tsx'
import { written } from '../reader/markdown.ts'
import { dirOf } from '../reader/tongue.ts'
import { toTopic } from '../reader/wire.ts'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { marked } from './passage.ts'
import { type Citation, type Passage as Whole, passageAt } from './wire.ts'
import { useTutorWords } from './words.tsx'

type Props = { citation: Citation; onClose(): void }

export function Passage({ citation: { n, chunkId, quote, title, moduleNo }, onClose }: Props) {
  const { say, number } = useTutorWords()
  const trouble = useTrouble()
  const { there, refusal, again } = useReading<Whole>(passageAt(chunkId))
  const heading = useRef<HTMLHeadingElement>(null)
  const page = useRef<HTMLElement>(null)
  const html = useMemo(() => there && marked(there.text, quote), [there, quote])
  useEffect(() => { heading.current?.focus({ preventScroll: true }) }, [chunkId])
  useEffect(() => {
    const mark = html && page.current?.querySelector('mark')
    if (mark && page.current) page.current.scrollTop = mark.getBoundingClientRect().top - page.current.getBoundingClientRect().top - 40
  }, [html])
  const path = (there?.heading ?? title).split(' › ')
  return (
    <aside className="passage" aria-labelledby="passage">
      <div className="passage-head">
        <span className="cite open" aria-hidden="true">{number(n)}</span>
        <span className="grow"><h2 className="h" id="passage" tabIndex={-1} ref={heading} dir="auto">{path.at(-1)}</h2>
          <span className="small quiet">{say('source.where', { n: moduleNo })} <bdi>{there?.topicName ?? path[0]}</bdi></span></span>
        <button type="button" className="shut" aria-label={say('source.close')} onClick={onClose}><svg className="ico" viewBox="0 0 20 20" aria-hidden="true"><path d="M5 5l10 10M15 5L5 15" /></svg></button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled with keys */}
      <section className="passage-text" ref={page} tabIndex={0} aria-label={say('source.text')}>
        {refusal ? <div className="note alert" role="alert"><p>{refusal.status === 404 ? say('source.gone') : trouble(refusal)}</p>{refusal.status !== 404 && <Button look="line" slim onClick={again}>{say('try.again')}</Button>}<blockquote className="words" dir="auto">{quote}</blockquote></div>
          : html === null ? <Bones label={say('source.wait')} lines={[96, 90, 60]} />
            // biome-ignore lint/security/noDangerouslySetInnerHtml: it went through safe()
            : <div className="lesson" lang={there?.language} dir={dirOf(there?.language ?? '')} dangerouslySetInnerHTML={{ __html: html }} />}
        {there && !there.current && <p className="small quiet">{say('source.old')}</p>}
      </section>
      {there && <Link className="btn line wide" href={toTopic(there.courseId, there.topicId) + anchor(path)}><Icon of="book" className="small" />{say('source.topic')}</Link>}
    </aside>
  )
}

/** Where the heading above it stands in the lesson. */
function anchor(path: readonly string[]): string {
  const id = path.length > 1 ? written([{ markdown: '' }, { markdown: `## ${path.at(-1)}` }], { title: '', under: 1, folder: null })[1]?.headings[0]?.id : undefined
  return id ? `#${encodeURIComponent(id)}` : ''
}
