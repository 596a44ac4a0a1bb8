// One lesson to read, as this learner is to see it. It opens where they left off, and knows how far they came.
import { useEffect, useMemo, useRef } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { Contents } from '../reader/Contents.tsx'
import { useFollowing } from '../reader/following.ts'
import { useFresh, useOffline } from '../reader/fresh.ts'
import { How } from '../reader/How.tsx'
import { written } from '../reader/markdown.ts'
import { Parts } from '../reader/Parts.tsx'
import { Progress } from '../reader/Progress.tsx'
import { dirOf } from '../reader/tongue.ts'
import { Way } from '../reader/Way.tsx'
import { toAsk, toCourse, topicAt, type Topic as Lesson, useLanguage } from '../reader/wire.ts'
import { ReaderTexts, useReaderWords } from '../reader/words.tsx'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'

export default function Topic({ courseId, topicId }: { courseId: string; topicId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <ReaderTexts><Read key={topicId} courseId={courseId} topicId={topicId} /></ReaderTexts> : <Enter />
}

function Read({ courseId, topicId }: { courseId: string; topicId: string }) {
  const { say } = useReaderWords()
  const trouble = useTrouble()
  const [language, choose] = useLanguage(courseId)
  const { there: topic, refusal, again } = useFresh<Lesson>(topicAt(topicId, language), courseId)
  const offline = useOffline() || refusal?.code === 'unheard'
  const page = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const texts = useMemo(() => textsOf(topic), [topic])
  const { percent, resumed, heading: at, toTop } = useFollowing(topic, page)
  useEffect(() => { if (topic) document.title = `${topic.topicName} · Lectern` }, [topic])
  useEffect(() => { if (topic?.topicId) heading.current?.focus({ preventScroll: true }) }, [topic?.topicId])
  const gone = refusal !== null && (!topic || refusal.status === 403 || refusal.status === 404)
  if (gone) return <Notice title={say('topic.unread')} action={<><Button look="line" onClick={again}>{say('try.again')}</Button><Link className="btn text" href={toCourse(courseId)}>{say('topic.course')}</Link></>}><p>{trouble(refusal)}</p>{offline && <p>{say('offline.stays')}</p>}</Notice>
  return (
    <div className="reading">
      <main className="reader lesson-page">
        <p className="spread"><Link className="btn text" href={toCourse(courseId, topic?.moduleNo)}><Icon of="back" className="flip small" />{say('topic.course')}</Link>{topic && <span className="row"><Link className="btn text" href={toAsk(topic)}><Icon of="talk" className="small" />{say('topic.ask')}</Link><Progress percent={percent} /></span>}</p>
        {!topic ? <Bones label={say('topic.wait')} lines={[60, 96, 92, 98, 71]} /> : (
          <>
            <h1 className="words" lang={topic.language} dir={dirOf(topic.language)} tabIndex={-1} ref={heading}>{topic.topicName}</h1>
            <How of={topic} language={language} onLanguage={choose} onVoice={again} />
            {offline && <p className="small quiet" role="status">{say('offline')}</p>}
            <Contents headings={[...texts.values()].flatMap((t) => t.headings)} at={at} language={topic.language} />
            <article ref={page}>
              {topic.blocks.length === 0 ? <p className="quiet">{say('topic.empty')}</p> : <Parts topic={topic} wanted={language || topic.language} texts={texts} />}
            </article>
            <p className="small quiet done-of" role="status">{percent === 100 && <><Icon of="tick" className="small" />{say('topic.read')}</>}</p>
            <Way topic={topic} />
          </>
        )}
      </main>
      {resumed && <div className="leftoff" role="status"><span>{say('left.here')}</span><Button look="text" slim onClick={() => { toTop(); heading.current?.focus({ preventScroll: true }) }}>{say('left.top')}</Button></div>}
    </div>
  )
}

/** The texts among the blocks, written. */
function textsOf(topic: Lesson | null) {
  const blocks = topic?.blocks.filter((b) => b.type === 'text' && !b.missing) ?? []
  const pages = topic ? written(blocks.map((b) => ({ markdown: b.payload.markdown ?? '' })), { title: topic.topicName, under: 1, folder: topic.folder }) : []
  return new Map(blocks.map((b, n) => [b, pages[n]!]))
}
