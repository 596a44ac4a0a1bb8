// Who is called on, large, and the way to call on somebody: one of those who are here and were called least.
import { Button } from '../parts/Button.tsx'
import { useStaffWords } from '../staff.tsx'
import type { Called } from './calling.ts'
import type { Fairness } from './fair.ts'
import { Sign } from './Sign.tsx'

type Props = { busy: boolean; failed: string | null; call(): void; called: Called | null; hear(): void; leads: boolean; online: number; report: Fairness | null; /** How many could be called now, and how often they were. */ next: { n: number; called: number } | null; onReport(): void; batchOf(memberId: string): number | null }

export function Calling({ busy, failed, call, called, hear, leads, online, report, next, onReport, batchOf }: Props) {
  const { rich, say } = useStaffWords()
  return (
    <section className={`on-call ${called ? 'is-on' : ''}`} aria-label={say('call.title')}>
      {called ? <Now called={called} report={report} batch={batchOf(called.pick.member.memberId)} /> : null}
      <div className="row wrap">
        {called && !called.passed && <Button look="ink" onClick={hear}>{say('call.heard')}</Button>}
        {leads && <Button look={called && !called.passed ? 'line' : 'ink'} wide={!called} hotkey="C" busy={busy} notYet={online === 0} onClick={call}>
          {!called && online > 0 && <Sign of="hand" />}{say(online === 0 ? 'call.nobody' : called ? 'call.another' : 'call')}</Button>}
        {called?.passed && <Button look="line" onClick={hear}>{say('call.leave')}</Button>}
      </div>
      {failed && <p className="trouble small">{failed}</p>}
      <p className="small quiet spread wrap">{next && !called && leads ? <span>{rich('call.of', { ...next, b: (s: any) => <b key="b" className="num">{s}</b> })}</span> : <span />}
        <button type="button" className="btn text slim small" onClick={onReport}>{say('fair.open')}</button></p>
    </section>
  )
}

function Now({ called: { pick, passed, at }, report, batch }: { called: Called; report: Fairness | null; batch: number | null }) {
  const { hour, say } = useStaffWords()
  const times = report?.members.find((m) => m.memberId === pick.member.memberId)?.called
  return (
    <div>
      <p className="label">{at ? say('call.at', { time: hour(at) }) : say('call.now')}</p>
      <p className={`caller words ${passed ? 'gone-by' : ''}`} dir="auto">{pick.member.displayName}</p>
      {passed && <p className="b">{say('call.passed')}</p>}
      <p className="small quiet">{[batch !== null && say('beside.batch', { n: batch }), times !== undefined && times > 0 && say('call.nth', { n: times })].filter(Boolean).join(', ')}</p>
    </div>
  )
}
