// The board as it stands: numbers, the picture, the rows that one asked for, and beside them who needs somebody.
import { useMemo, useRef, useState } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import { Heat } from './Heat.tsx'
import { Numbers } from './Numbers.tsx'
import { batchesOf, modulesOf } from './order.ts'
import { Rows } from './Rows.tsx'
import { Side } from './Side.tsx'
import { useBoard } from './watching.tsx'
import { toDash } from './wire.ts'
import { useDashWords } from './words.tsx'

/** What a module is called. */
export type NameOf = (moduleNo: string) => string

export function Now({ cohortId }: { cohortId: string }) {
  const { say } = useDashWords()
  const board = useBoard()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const heading = useRef<HTMLHeadingElement>(null)
  const batches = useMemo(() => batchesOf(board.learners), [board.learners])
  const modules = useMemo(() => modulesOf(board), [board])
  const nameOf: NameOf = (no) => board.modules[no]?.title ?? say('dash.module', { n: no })
  // The batch that one comes to first is the one with the most stuck; it stays where it is when another one gets more.
  const [first] = useState(() => [...batches].sort((a, b) => b.stuck - a.stuck)[0]?.batchNo ?? null)
  const wanted = asked.has('batch') ? (Number(asked.get('batch')) || null) : first
  const at = Math.max(0, batches.findIndex((b) => b.batchNo === wanted))
  const rows = asked.get('rows')
  const choose = (n: number) => {
    const batch = batches[Math.max(0, Math.min(batches.length - 1, n))]
    if (batch) go(toDash(cohortId, undefined, { batch: String(batch.batchNo ?? 0) }), { replace: true })
  }

  if (batches.length === 0) {
    return <main className="dash-page dash-none"><h1 className="words">{say('dash.none')}</h1><p className="quiet">{say('dash.none.why')}</p><p><Link className="btn ink" href={`/cohort/${cohortId}/people`}>{say('dash.none.go')}</Link></p></main>
  }
  const open = () => { heading.current?.focus(); heading.current?.scrollIntoView({ block: 'nearest' }) }
  return (
    <div className="dash-desk">
      <main className="dash-main">
        <h1 className="sr">{say('dash.title')}</h1>
        <Numbers cohortId={cohortId} board={board} modules={modules} nameOf={nameOf} onGo={open} />
        <Heat batches={batches} modules={modules} nameOf={nameOf} at={rows === null ? at : null} near={at} onChoose={choose} onOpen={open} />
        <Rows key={rows ?? 'batch'} board={board} batches={batches} at={at} rows={rows} modules={modules} nameOf={nameOf} onChoose={choose} heading={heading} />
      </main>
      <Side cohortId={cohortId} nameOf={nameOf} />
    </div>
  )
}
