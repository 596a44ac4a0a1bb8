// Which version of its course a cohort reads; who leads it chooses another.
import { useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { versions } from '../../server/features/versions/contract.ts'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { useKept } from './kept.ts'
import type { Cohort } from './wire.ts'
import { useCohortWords } from './words.tsx'

type Published = ReplyOf<typeof versions.calls.list>

/** `onMoved` reads the cohort again. Nothing where the course has no version yet, or one may not see them. */
export function Reads({ cohort: { cohortId, courseId, version, role, archived }, onMoved }: { cohort: Cohort; onMoved(): void }) {
  const { say } = useCohortWords()
  const trouble = useTrouble()
  const { there } = useKept<Published>(`/courses/${courseId}/versions`)
  const [said, setSaid] = useState<{ alert: boolean; text: string } | null>(null)
  if (!there || there.versions.length === 0) return null
  const nameOf = (versionId: string | null) => { const found = there.versions.find((v) => v.versionId === versionId); return found ? say('coh.reads.version', { n: found.versionNo }) : say('coh.reads.draft') }
  const move = async (versionId: string | null) => {
    const tell = (text: string, alert: boolean) => { setSaid({ alert, text }); announce(text, alert ? 'assertive' : 'polite') }
    try {
      await asMe('PUT', `/cohorts/${cohortId}/version`, { versionId })
      tell(say('coh.reads.now', { reads: nameOf(versionId) }), false)
      onMoved()
    } catch (error) {
      tell(trouble(error as Refusal), true)
    }
  }
  return (
    <section className="card" aria-labelledby="coh-reads">
      <h2 className="h" id="coh-reads">{say('coh.reads')}</h2>
      {role === 'instructor' && !archived ? (
        <label className="row wrap"><span className="sr">{say('coh.reads')}</span>
          <select className="field slim pick" value={version?.versionId ?? ''} onChange={(e) => void move(e.target.value || null)}>
            {there.versions.map((v) => <option key={v.versionId} value={v.versionId}>{nameOf(v.versionId)}{v.note && `: ${v.note}`}</option>)}
            <option value="">{say('coh.reads.draft')}</option>
          </select><span className="quiet small">{say('coh.reads.why')}</span></label>
      ) : <p>{nameOf(version?.versionId ?? null)}</p>}
      {said && <p className={said.alert ? 'trouble small' : 'quiet small'} role={said.alert ? 'alert' : undefined}>{said.text}</p>}
    </section>
  )
}
