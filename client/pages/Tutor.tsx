// The tutor of a course: one asks, hears the answer as it is made, opens what it rests on, and finds again what was said before.
import { useCallback, useEffect, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { useAccount } from '../account.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { Bones, Notice } from '../parts/State.tsx'
import { type Course, courseAt, useLanguage } from '../reader/wire.ts'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Ask } from '../tutor/Ask.tsx'
import { Chats } from '../tutor/Chats.tsx'
import { Chips } from '../tutor/Chips.tsx'
import { Foot, Top } from '../tutor/Frame.tsx'
import { Keeps } from '../tutor/Keeps.tsx'
import { Left } from '../tutor/Left.tsx'
import { Passage } from '../tutor/Passage.tsx'
import { useKept } from '../tutor/reading.ts'
import { underWay } from '../tutor/talk.ts'
import { Talk } from '../tutor/Talk.tsx'
import { Tutoring, useLost, useRoom, useTutor } from '../tutor/tutoring.tsx'
import { type About, aboutAt, type Citation, type Suggestion, toTutor, type Where, whereIn } from '../tutor/wire.ts'
import { TutorTexts, useTutorWords } from '../tutor/words.tsx'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/course.css'
import '../styles/tutor.css'

export default function Tutor({ courseId }: { courseId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <TutorTexts><Tutoring key={user.userId} userId={user.userId} courseId={courseId}><Found courseId={courseId} /></Tutoring></TutorTexts> : <Enter />
}

function Found({ courseId }: { courseId: string }) {
  const { say } = useTutorWords()
  const trouble = useTrouble()
  const asked = whereIn(courseId, useSearch())
  const [language] = useLanguage(courseId)
  const { there: course, refusal, again } = useReading<Course>(courseAt(courseId, language))
  const moduleNo = asked.moduleNo ?? course?.modules.find((m) => m.topics.some((t) => t.topicId === asked.topicId))?.moduleNo ?? null
  const where: Where = { courseId, cohort: asked.cohort, moduleNo, topicId: asked.topicId }
  const turns = useTutor((s) => s.turns)
  const { there: about, again: aboutAgain } = useKept<About>(course ? aboutAt(where) : null, turns)
  useEffect(() => { document.title = `${say('tutor')}${course ? `, ${course.name}` : ''} · Lectern` }, [say, course])
  if (refusal) return <Notice title={say('unread')} action={<><Button look="line" onClick={again}>{say('try.again')}</Button><Link className="btn text" href="/">{say('home.back')}</Link></>}>{trouble(refusal)}</Notice>
  return <Whole where={where} chat={asked.chat} course={course} about={about} onChange={aboutAgain} />
}

type Props = { where: Where; chat: string | null; course: Course | null; about: About | null; onChange(): void }

function Whole({ where, chat, course, about, onChange }: Props) {
  const { say } = useTutorWords()
  const room = useRoom()
  const lost = useLost()
  const growing = useTutor((s) => underWay(s.talk)?.messageId ?? null)
  const [source, setSource] = useState<Citation | null>(null)
  const [side, setSide] = useState<'chats' | 'keeps' | null>(null)
  const opener = useRef<HTMLElement | null>(null)
  const cohortId = about?.cohortId ?? course?.cohortId ?? where.cohort
  const topicName = course?.modules.flatMap((m) => m.topics).find((t) => t.topicId === where.topicId)?.topicName
  const quota = about?.quota
  useAddress(where, chat, () => setSource(null))
  useEffect(() => { if (quota) room.counted(quota) }, [room, quota])

  const onSource = useCallback((citation: Citation, by: HTMLElement) => {
    opener.current = by
    setSource((now) => (now?.chunkId === citation.chunkId && now.n === citation.n ? null : citation))
  }, [])
  const shut = () => { setSource(null); if (opener.current?.isConnected) opener.current.focus() }
  const escaped = () => { if (source) shut(); else if (growing) void room.stop(growing); else return false; return true }
  useKeys({ Escape: escaped })

  const ask = (text: string, suggestion: Suggestion | null = null) => room.ask(text, { ...where, cohort: cohortId }, suggestion)
  const latest = useRef(ask)
  latest.current = ask
  const askAgain = useCallback((text: string) => latest.current(text, { suggestionId: null, text }), [])
  const left = useTutor((s) => s.talk.quota)
  const still = about?.isOn === false || (left?.limit != null && left.used >= left.limit)
  return (
    <div className={`tutor ${source ? 'with-source' : ''}`}>
      <Top where={where} cohortId={cohortId} name={course?.name ?? ''} />
      <section className={`chats-side ${side === 'chats' ? 'over' : ''}`} aria-label={say('chats')}><Chats where={where} at={chat} onGo={() => setSide(null)} /></section>
      <main className="tutor-talk">
        <div className="talk-head">
          <h1 className="h">{say('tutor')}</h1>
          <Left about={about} />
          <span className="row"><Button look="text" slim className="to-chats" aria-expanded={side === 'chats'} onClick={() => setSide(side === 'chats' ? null : 'chats')}>{say('chats')}</Button>
            {about && <Button look="text" slim onClick={() => setSide('keeps')}>{say('keeps.short')}</Button>}</span>
        </div>
        <Talk open={source?.chunkId ?? null} inClass={cohortId !== null && !course?.mayWrite} onSource={onSource} onAgain={askAgain}
          empty={course && about ? <Empty name={topicName ?? course.name} /> : <Bones label={say('wait')} lines={[60, 90, 80]} />}
          after={null} />
        <div className="ask-foot">
          {course && about && <Chips where={{ ...where, cohort: cohortId }} still={still} onAsk={ask} />}
          {about?.guarded && <p className="note small guarded" role="status">{say(`guarded.${about.guarded}`)}</p>}
          {lost && <p className="small quiet" role="status">{say('offline')}</p>}
          {topicName && <p className="small about-topic"><span className="quiet">{say('about.topic')}</span> <b className="b" dir="auto">{topicName}</b> <Link className="lead" href={toTutor({ ...where, moduleNo: null, topicId: null, chat })}>{say('about.course')}</Link></p>}
          <Ask about={about} placeholder={say(topicName ? 'ask.topic' : 'ask.course')} describedBy="tutor-keeps" onAsk={ask} />
          <p className="small faint" id="tutor-keeps">{say('keeps.course')}{about?.hintsOnly && ` ${say('keeps.hints.short')}`}</p>
        </div>
      </main>
      {source && <Passage key={`${source.chunkId} ${source.n}`} citation={source} onClose={shut} />}
      <Foot where={where} cohortId={cohortId} />
      {side === 'keeps' && about && <Keeps about={about} courseId={where.courseId} onClose={() => setSide(null)} onChange={onChange} />}
    </div>
  )
}

function Empty({ name }: { name: string }) {
  const { say } = useTutorWords()
  return <div className="talk-empty"><h2>{say('empty')}</h2><p className="quiet"><bdi>{say('empty.why', { name })}</bdi></p></div>
}

/** The talk is the one of the address; a new one gets its own once it is begun. */
function useAddress(where: Where, chat: string | null, onOther: () => void): void {
  const room = useRoom()
  const [, go] = useLocation()
  const chatId = useTutor((s) => s.talk.chatId)
  const gone = useTutor((s) => s.talk.gone)
  useEffect(() => { if (chat !== room.store.getState().talk.chatId) { room.open(chat); onOther() } }, [chat, room])
  useEffect(() => { if (chatId !== null && chatId !== chat) go(toTutor({ ...where, chat: chatId }), { replace: true }) }, [chatId])
  useEffect(() => { if (gone) go(toTutor({ ...where, chat: null }), { replace: true }) }, [gone])
}
