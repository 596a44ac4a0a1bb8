// The modules of a course and the lessons in them. An introduction that is long is folded.
import { useMemo } from 'react'
import { Link } from 'wouter'
import { written } from './markdown.ts'
import { Progress } from './Progress.tsx'
import { safe } from './safe.ts'
import { dirOf } from './tongue.ts'
import { type Course, toTopic } from './wire.ts'
import { useReaderWords } from './words.tsx'

/** Longer ones are folded, in characters. */
const LONG = 320

export function Modules({ course }: { course: Course }) {
  const { say, number } = useReaderWords()
  const tongue = { lang: course.language, dir: dirOf(course.language) }
  return course.modules.map((m) => (
    <section key={m.moduleNo} id={`module-${m.moduleNo}`} className="module">
      <h2 tabIndex={-1}><span className="n" aria-hidden="true">{number(m.moduleNo)}</span><span {...tongue}>{m.title}</span></h2>
      {m.introduction.trim() && <Introduction title={m.title} text={m.introduction} folder={null} {...tongue} />}
      {m.topics.length === 0 ? <p className="quiet">{say('module.empty')}</p> : (
        <ol>{m.topics.map((t) => (
          <li key={t.topicId}><Link href={toTopic(course.courseId, t.topicId)}>
            <span className="num faint">{number(t.topicNumber)}</span><span className="topic-named" {...tongue}>{t.topicName}</span><Progress percent={t.percent} />
          </Link></li>
        ))}</ol>
      )}
    </section>
  ))
}

/** What stands at the beginning of a course or a module; `folder`: what relative addresses in it are relative to. */
export function Introduction({ title, text, folder, lang, dir }: { title: string; text: string; folder: string | null; lang: string; dir: 'rtl' | 'ltr' }) {
  const { say } = useReaderWords()
  const html = useMemo(() => safe(written([{ markdown: text }], { title, under: 2, folder })[0]!.html), [text, title, folder])
  if (!html.trim()) return null
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own reader, and cleaned
  const said = <div className="lesson" lang={lang} dir={dir} dangerouslySetInnerHTML={{ __html: html }} />
  return text.length > LONG ? <details className="intro"><summary>{say('module.about')}<span className="sr">: {title}</span></summary>{said}</details> : <div className="intro">{said}</div>
}
