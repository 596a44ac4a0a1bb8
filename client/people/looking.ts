// A list that is looked at before it is put there: read, put right cell by cell, looked at again, then done in pieces so
// that its way can be seen. What was done stays done; what is left can be gone on with.
import { useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { add, asExtra, type Field, look, type Looked, type LookedRow, type Row } from './wire.ts'

const PIECE = 200
type Doing = { done: number; all: number }
export type Looking = ReturnType<typeof useLooking>
export type Came = { added: number; changed: number }

export function useLooking(cohortId: string) {
  /** Where it came from: the name of a file, or '' where it was pasted. */
  const [from, setFrom] = useState<string | null>(null)
  const [rows, setRows] = useState<LookedRow[] | null>(null)
  const [ignored, setIgnored] = useState<string[]>([])
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [busy, setBusy] = useState(false)
  const [doing, setDoing] = useState<Doing | null>(null)
  const [stopped, setStopped] = useState<Doing | null>(null)
  const turn = useRef(0)

  /** Looks; of two looks the later one counts. */
  async function looked(list: Parameters<typeof look>[1]): Promise<Looked | null> {
    const mine = ++turn.current
    setBusy(true)
    setRefusal(null)
    const came = await look(cohortId, list).catch((error: Refusal) => { if (mine === turn.current) setRefusal(error); return null })
    if (mine !== turn.current) return null
    setBusy(false)
    if (came) setRows(came.rows)
    return came
  }

  async function open(list: Blob, name: string): Promise<void> {
    setFrom(name)
    setRows(null)
    setStopped(null)
    const came = await looked(list)
    if (came) setIgnored(came.ignored)
  }

  const again = (those: readonly LookedRow[]) => (those.length > 0 ? looked({ members: those.map(asRow) }) : setRows([]))

  /** A cell is typed otherwise: it stands so at once, and all are looked at again. */
  function edit(row: number, field: Field, typed: string): void {
    if (!rows) return
    const next = rows.map((r) => (r.row === row ? { ...r, cells: { ...r.cells, [field]: typed.trim() && field === 'timeFactor' ? asExtra(typed) : typed } } : r))
    setRows(next)
    void again(next)
  }

  const leaveOut = (row: number) => { const next = rows?.filter((r) => r.row !== row) ?? []; setRows(next); void again(next) }

  /** Does what can be done. Resolves with what came of it; null where it stopped on the way. */
  async function go(): Promise<Came | null> {
    const wanted = rows?.filter((r) => r.does === 'add' || r.does === 'change' || r.does === 'return') ?? []
    const sum: Came = { added: 0, changed: 0 }
    setStopped(null)
    setRefusal(null)
    for (let done = 0; done < wanted.length; done += PIECE) {
      setDoing({ done, all: wanted.length })
      try {
        const { added, changed } = await add(cohortId, wanted.slice(done, done + PIECE).map(asRow))
        sum.added += added
        sum.changed += changed
      } catch (error) {
        setDoing(null)
        setStopped({ done, all: wanted.length })
        setRefusal(error as Refusal)
        return null
      }
    }
    setDoing(null)
    const left = rows?.filter((r) => r.does === 'refuse') ?? []
    if (left.length > 0) await again(left)
    else close()
    return sum
  }

  const close = () => { turn.current++; setFrom(null); setRows(null); setRefusal(null); setStopped(null); setBusy(false) }

  return { from, rows, ignored, refusal, busy, doing, stopped, open, edit, leaveOut, go, close }
}

function asRow({ row, cells: { email, name, role, batchNo, timeFactor } }: LookedRow): Row {
  return { row, email, ...(name.trim() && { name }), ...(role.trim() && { role: role.slice(0, 40) }), ...(batchNo.trim() && { batchNo: batchNo.slice(0, 40) }), ...(timeFactor.trim() && { timeFactor: timeFactor.slice(0, 40) }) }
}

/** What was pasted, if it is a list: several cells or lines, with an e-mail or headings in them. */
export const isList = (text: string): boolean => /\S/.test(text) && /[\t\n]/.test(text.trim()) && /@|mail/i.test(text)
export const asFile = (text: string): Blob => new Blob([text], { type: 'text/csv' })
