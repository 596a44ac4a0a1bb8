// One's talks about a course, the latest first; searched in all that was said; deleted for good, with a second press.
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'
import { useRoom, useTutor } from './tutoring.tsx'
import { type Chat, type Found, toTutor, type Where } from './wire.ts'
import { useMoments, useTutorWords } from './words.tsx'

const PAUSE = 250
type Props = { where: Where; at: string | null; onGo?(): void }

export function Chats({ where, at, onGo }: Props) {
  const { say } = useTutorWords()
  const room = useRoom()
  const chats = useTutor((s) => s.chats)
  const more = useTutor((s) => s.moreChats)
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Found[] | null>(null)
  const asked = text.trim().length > 1 ? text.trim() : null
  useEffect(() => {
    setFound(null)
    if (!asked) return
    let wanted = true
    const timer = setTimeout(() => void room.search(asked).then((came) => wanted && setFound(came ?? [])), PAUSE)
    return () => { wanted = false; clearTimeout(timer) }
  }, [asked, room])
  return (
    <div className="chats">
      <Link className="btn line wide new-chat" href={toTutor({ ...where, chat: null })} onClick={onGo}>{say('chat.new')}</Link>
      {chats && chats.length > 0 && <span className="searchf"><Icon of="search" /><input className="field slim" type="search" value={text} maxLength={200} dir="auto" placeholder={say('chat.search')} aria-label={say('chat.search')} onChange={(e) => setText(e.target.value)} /></span>}
      {asked ? <Hits where={where} found={found} onGo={onGo} /> : chats === null ? <Bones label={say('chat.wait')} lines={[90, 70, 80]} /> : (
        <>
          {chats.length === 0 && <p className="small quiet">{say('chat.none')}</p>}
          <ul>{chats.map((c) => <One key={c.chatId} chat={c} where={where} isAt={c.chatId === at} onGo={onGo} />)}</ul>
          {more && <Button look="text" slim onClick={() => void room.moreChats()}>{say('chat.more')}</Button>}
        </>
      )}
    </div>
  )
}

function One({ chat: { chatId, title, lastAt }, where, isAt, onGo }: { chat: Chat; where: Where; isAt: boolean; onGo: Props['onGo'] }) {
  const { say } = useTutorWords()
  const { day } = useMoments()
  const trouble = useTrouble()
  const room = useRoom()
  const [sure, setSure] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const forget = async () => {
    if (!sure) { setSure(true); announce(say('chat.forget.sure'), 'assertive'); return }
    const why = await room.forget(chatId)
    if (why) setWrong(trouble(why))
    else announce(say('chat.forgot'))
  }
  return (
    <li className="chat-one">
      <Link href={toTutor({ ...where, chat: chatId })} aria-current={isAt ? 'page' : undefined} onClick={onGo}><span className="chat-title" dir="auto">{title}</span><time className="small quiet" dateTime={lastAt}>{day(lastAt)}</time></Link>
      <Button look="text" slim sure={sure} className="forget" aria-label={say(sure ? 'chat.forget.sure.of' : 'chat.forget.of', { title })} onBlur={() => setSure(false)} onKeyDown={(e) => { if (e.key === 'Escape' && sure) { e.stopPropagation(); setSure(false) } }} onClick={() => void forget()}>{sure ? say('chat.forget.sure') : <Bin />}</Button>
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
    </li>
  )
}

const Bin = () => <svg className="ico" viewBox="0 0 20 20" aria-hidden="true"><path d="M4 6h12M8 6V4h4v2M5.500 6l.8 10.500h7.400L14.500 6M8.500 9v5M11.500 9v5" /></svg>

function Hits({ where, found, onGo }: { where: Where; found: readonly Found[] | null; onGo: Props['onGo'] }) {
  const { say } = useTutorWords()
  const { day } = useMoments()
  if (!found) return <Bones label={say('chat.wait')} lines={[90, 70]} />
  return (
    <>
      <p className="small quiet" role="status">{say('chat.found', { n: found.length })}</p>
      <ul>{found.map((f) => <li key={f.messageId} className="chat-one"><Link href={toTutor({ ...where, chat: f.chatId })} onClick={onGo}><span className="chat-title" dir="auto">{f.title}</span><span className="small quiet excerpt" dir="auto">{f.excerpt}</span><time className="small quiet" dateTime={f.at}>{day(f.at)}</time></Link></li>)}</ul>
    </>
  )
}
