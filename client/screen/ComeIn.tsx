// Before and between prompts: the address, the code, the QR code, and everybody who is here as a stroke.
import { useMemo } from 'react'
import { encode } from 'uqr'
import { useClass } from '../classroom.tsx'
import type { Door } from '../door.ts'
import { useWords } from '../language.tsx'
import { Row } from '../parts/Ring.tsx'
import { Called } from './Called.tsx'
import { Head } from './Head.tsx'

export function ComeIn({ door, gone }: { door: Door | null; gone: string }) {
  const { hour, rich, say } = useWords()
  const cohort = useClass((v) => v.cohort)
  const session = useClass((v) => v.session)
  const online = useClass((v) => v.presence.online)
  const all = Math.max(door?.learners ?? 0, online)
  const soon = !session && door?.startsAt && Date.parse(door.startsAt) > Date.now() ? door.startsAt : null
  const b = (s: any) => <b key="b">{s}</b>
  return (
    <div className={`hall board ${gone}`}>
      <Head><span dir="auto">{cohort.name}</span></Head>
      <main className="mid">
        <div>
          {door?.code && <><p className="goto">{rich('door.go', { host: door.host, b })}</p><p className="key" dir="ltr" style={{ '--len': door.code.length } as object}>{door.code}</p></>}
          <h1 className="words" dir="auto">{session?.title ?? cohort.courseName}</h1>
          <p className="under">{session ? say('screen.since', { time: hour(session.startedAt) }) : soon ? say('screen.starts', { time: hour(soon) }) : say('notyet.title')}</p>
          {door?.loopback && <p className="loop">{say('door.loopback')}</p>}
        </div>
        {door?.link && <QR text={door.link} label={say('qr', { host: door.host, code: door.code ?? '' })} />}
      </main>
      <Called />
      <footer><p className="counted">{rich('of.are.here', { online, all, b: (s: any) => <b key="b" className="num">{s}</b> })}</p><Row here={online} all={all} /></footer>
    </div>
  )
}

function QR({ text, label }: { text: string; label: string }) {
  const { size, d } = useMemo(() => {
    const { data, size } = encode(text, { ecc: 'M', border: 0 })
    return { size, d: data.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')).join('')).join('') }
  }, [text])
  return <div className="qr"><svg viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges" role="img" aria-label={label}><path d={d} /></svg></div>
}
