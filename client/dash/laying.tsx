// The hand of an instructor on modules: laid on learners, a batch or the cohort, said what came of it, and taken back whole. For
// everything below <Laying>; who may not has no hand.
import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { asMe } from '../account.ts'
import { Refusal } from '../api.ts'
import { useLive, useLost, useRoom } from '../classroom.tsx'
import type { Live } from '../live.ts'
import type { Said } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { type Deed, modulesAt, pieces, type Reach, type Stands, type Verb, wayBack } from './hands.ts'
import { type DashSays, useDashWords } from './words.tsx'

type Module = { moduleNo: number; title: string }
export type Hands = {
  may: boolean
  /** Lays it, and says for whom: `whom` as it stands in a sentence. Resolves with whether it was done. */
  lay(verb: Verb, module: Module, reach: Reach, whom: string): Promise<boolean>
  busy: boolean
  /** Out of reach: nothing can be laid. */
  lost: boolean
  /** Grows with everything that was laid here. */
  turn: number
}
const Here = createContext<Hands | null>(null)
const CAME: Record<Verb, DashSays> = { unlock: 'hand.opened', lock: 'hand.shut', rule: 'hand.ruled' }

async function send(live: Live, moduleNo: number, { verb, reach }: Deed): Promise<number> {
  let came = 0
  for (const piece of pieces(reach)) {
    const body = { cohortId: live.cohortId, moduleNo, ...(piece.memberIds && { memberIds: [...piece.memberIds] }), ...(piece.batchNo !== undefined && { batchNo: piece.batchNo }) }
    const said = await live.does(`module:${verb}`, body)
    if (!said.ok) throw new Refusal(said.error.code, said.error.message, 0)
    came += Object.values(said.data as Record<string, number>)[0] ?? 0
  }
  return came
}

export function Laying({ cohortId, said, children }: { cohortId: string; said: Said; children: ReactNode }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const { live } = useRoom()
  const may = useLive((s) => s.book?.looker.role === 'instructor')
  const lost = useLost()
  const [busy, setBusy] = useState(false)
  const [turn, setTurn] = useState(0)

  const lay: Hands['lay'] = async (verb, { moduleNo, title }, reach, whom) => {
    setBusy(true)
    let undo: (() => Promise<string>) | undefined
    try {
      const { modules } = await asMe<Stands>('GET', modulesAt(cohortId))
      const back = wayBack(modules.find((m) => m.moduleNo === moduleNo)?.hands ?? [], reach)
      undo = back === null ? undefined : async () => {
        try {
          for (const deed of back) await send(live, moduleNo, deed)
        } finally {
          setTurn((was) => was + 1)
        }
        return say('hand.undone', { module: title })
      }
      const n = await send(live, moduleNo, { verb, reach })
      said(say(CAME[verb], { n, module: title, whom }), undo)
      return true
    } catch (refusal) {
      // What was not heard of may have been done, and of several pieces some were.
      const isHalf = (refusal as Refusal).code === 'unheard' || pieces(reach).length > 1
      said(trouble(refusal as Refusal), isHalf ? undo : undefined)
      return false
    } finally {
      setTurn((was) => was + 1)
      setBusy(false)
    }
  }
  const hands = useMemo(() => ({ may, lay, busy, lost, turn }), [may, busy, lost, turn])
  return <Here value={hands}>{children}</Here>
}

export const useHands = (): Hands => useContext(Here)!
