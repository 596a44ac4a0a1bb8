// How a question was before: each save is a version; one looks at it against what is saved now, and may write on from it.
import { useState } from 'react'
import { Differ } from '../author/Differ.tsx'
import { useMoment } from '../author/words.tsx'
import { Button } from '../parts/Button.tsx'
import { asText } from './draft.ts'
import type { Past, Version } from './wire.ts'
import { useBankWords } from './words.tsx'

export function PastOf({ past, onTake }: { past: Past; onTake(version: Version): void }) {
  const { say } = useBankWords()
  const moment = useMoment()
  const [open, setOpen] = useState<number | null>(null)
  return (
    <details className="q-more">
      <summary className="b small">{say('bk.versions', { n: past.versions.length })}</summary>
      <ol className="changed-of">{past.versions.map((v) => (
        <li key={v.version}>
          <button type="button" className="changed-row" aria-expanded={open === v.version} onClick={() => setOpen(open === v.version ? null : v.version)}><b>{say('bk.version', { n: v.version })}</b><span className="grow">{v.by}</span><span className="quiet small">{v.version === past.version ? say('bk.version.now') : moment(v.at)}</span></button>
          {open === v.version && <div className="in-topic"><Differ before={asText(v)} after={asText(past)} {...(v.version === past.version && { side: 'after' as const })} />{v.version !== past.version && <p><Button look="line" slim onClick={() => onTake(v)}>{say('bk.version.take')}</Button></p>}</div>}
        </li>))}</ol>
    </details>
  )
}
