// What is being written, and its saving: a moment after the last key, one save at a time for each text, against the version that was
// read. What is not saved lies on this device, and goes up by itself once the server is reached. It outlasts the page.
import { create } from 'zustand'
import { useAccount } from '../account.ts'
import type { Refusal } from '../api.ts'
import { type At, bare, type Cell, fresh, idOf, isOpen, isSame, isWritten, lackOf, laid, type Stand, statusAfter } from './cell.ts'
import { isOutOfReach } from './whole.ts'
import { type Payload, putAsset, putName, type Status } from './wire.ts'

const PAUSE = 900
const AGAIN = 10_000
type Paper = { payload: Payload; status: Status; rowVersion: number; was: Payload | null }

export const useCells = create<Record<string, Cell>>(() => ({}))
/** `savedAt`: the latest save of all. */
export const useSaves = create<{ savedAt: number | null; n: number }>(() => ({ savedAt: null, n: 0 }))
export const useCell = (at: At): Cell | undefined => useCells((c) => c[idOf(at)])
const timers = new Map<string, ReturnType<typeof setTimeout>>()
/** What was sent last: where its reply was lost it stands, and is not somebody else's. */
const tried = new Map<string, Payload>()

const shelf = (id: string) => `lectern:writing:${useAccount.getState().user?.userId}:${id}`
function lift(id: string): Paper | null {
  try {
    return JSON.parse(localStorage.getItem(shelf(id)) ?? 'null')
  } catch {
    return null
  }
}
function put(cell: Cell): void {
  const id = idOf(cell.at)
  useCells.setState({ [id]: cell })
  if (isOpen(cell)) {
    const paper: Paper = { payload: bare(cell.now), status: cell.status, rowVersion: cell.there.rowVersion, was: cell.there.payload && bare(cell.there.payload) }
    try { localStorage.setItem(shelf(id), JSON.stringify(paper)) } catch { /* a full shelf: it stands in memory, and the page warns before it is left */ }
  } else localStorage.removeItem(shelf(id))
}
const cellOf = (id: string) => useCells.getState()[id]

let owner: string | undefined
/** What was read of one text. What lies on this device from before is taken up again. */
export function lay(at: At, there: Stand): void {
  const userId = useAccount.getState().user?.userId
  if (owner !== userId) useCells.setState({}, true)
  owner = userId
  const id = idOf(at)
  const cell = cellOf(id)
  if (cell) { put(laid(cell, there)); return }
  const paper = lift(id)
  if (!paper || isSame(paper.payload, there.payload)) { put(fresh(at, there)); return }
  const before: Cell = { ...fresh(at, { ...there, rowVersion: paper.rowVersion, payload: paper.was }), now: paper.payload, status: paper.status, phase: 'kept' }
  put(laid(before, there))
  soon(id)
}

/** A text that nobody has written yet is begun. */
export function begin(at: At, payload: Payload): void {
  const id = idOf(at)
  if (!cellOf(id)) put(fresh(at, { payload: null, rowVersion: 0, status: 'draft', stale: false }))
  write(id, payload)
}

export function write(id: string, payload: Payload): void {
  const cell = cellOf(id)
  if (!cell) return
  const next = { ...cell, now: payload, why: null, ...(cell.at.language !== null && { status: statusAfter(cell) }) }
  if (cell.phase === 'conflict') { put({ ...next, phase: 'conflict' }); return }
  if (!isWritten(next) && cell.phase !== 'saving') { put({ ...next, status: cell.there.status, phase: 'still' }); clearTimeout(timers.get(id)); return }
  put({ ...next, phase: cell.phase === 'saving' ? 'saving' : lackOf(cell.at, payload) ? 'lacks' : 'waits' })
  soon(id)
}

function soon(id: string, after = PAUSE): void {
  clearTimeout(timers.get(id))
  timers.set(id, setTimeout(() => void save(id), after))
}

/** Marks it as checked against its source, with what stands in the field. */
export const check = (id: string): Promise<void> => { const cell = cellOf(id); if (cell) put({ ...cell, status: 'reviewed', phase: cell.phase === 'still' ? 'waits' : cell.phase }); return save(id) }

/** Saves it now. */
export async function save(id: string): Promise<void> {
  clearTimeout(timers.get(id))
  const cell = cellOf(id)
  if (!cell || !['waits', 'kept', 'refused'].includes(cell.phase)) return
  if (lackOf(cell.at, cell.now)) { put({ ...cell, phase: 'lacks' }); return }
  const sent = bare(cell.now)
  tried.set(id, sent)
  put({ ...cell, phase: 'saving' })
  try {
    const { rowVersion } = await ask(cell, sent)
    saved(id, { payload: { ...sent, ...(cell.now.href && { href: cell.now.href }) }, rowVersion, status: cell.status, stale: false })
  } catch (error) {
    failed(id, error as Refusal)
  }
}

function ask({ at, there, status }: Cell, payload: Payload): Promise<{ rowVersion: number }> {
  const { topicId, contentKey, kind, personaKey, narrator, language } = at
  const { rowVersion } = there
  if (kind === 'name') return putName(topicId, language!, { topicName: payload.title!.trim(), status, rowVersion })
  return putAsset(topicId, contentKey, { contentType: kind, payload, rowVersion, ...(personaKey && { personaKey }), ...(narrator && { narrator }), ...(language !== null && { language, status }) })
}

function saved(id: string, there: Stand): void {
  const cell = cellOf(id)
  if (!cell) return
  useSaves.setState((s) => ({ savedAt: Date.now(), n: s.n + 1 }))
  const next = { ...cell, there, savedAt: Date.now(), why: null }
  if (isWritten(next)) { put({ ...next, phase: lackOf(cell.at, cell.now) ? 'lacks' : 'waits' }); soon(id) }
  else put({ ...next, phase: 'still', status: there.status })
}

function failed(id: string, refusal: Refusal): void {
  const cell = cellOf(id)
  if (!cell) return
  const now = refusal.details?.now as { payload?: Payload; topicName?: string; status?: Status; rowVersion: number } | undefined
  if (refusal.code === 'conflict' && now) {
    const theirs: Stand = { payload: now.payload ?? (now.topicName === undefined ? null : { title: now.topicName }), rowVersion: now.rowVersion, status: now.status ?? 'draft', stale: false }
    if (theirs.payload && (isSame(theirs.payload, cell.now) || isSame(theirs.payload, tried.get(id) ?? null))) saved(id, { ...theirs, payload: { ...theirs.payload, ...(cell.now.href && { href: cell.now.href }) } })
    else put({ ...cell, theirs, phase: 'conflict' })
  } else if (isOutOfReach(refusal)) { put({ ...cell, phase: 'kept' }); soon(id, AGAIN) }
  else put({ ...cell, phase: 'refused', why: refusal.message })
}

/** What somebody else wrote stands; returns what one had written oneself. */
export function takeTheirs(id: string): Payload | null {
  const cell = cellOf(id)
  if (!cell?.theirs) return null
  put({ ...fresh(cell.at, cell.theirs), savedAt: Date.now() })
  return cell.now
}

/** One's own, or what one made of both, stands instead. */
export function keepMine(id: string, payload: Payload): void {
  const cell = cellOf(id)
  if (!cell?.theirs) return
  put({ ...cell, there: cell.theirs, theirs: null, now: payload, phase: 'waits' })
  void save(id)
}

/** It is taken away: nothing of it is kept on this device. */
export function drop(id: string): void {
  clearTimeout(timers.get(id))
  localStorage.removeItem(shelf(id))
  useCells.setState((all) => Object.fromEntries(Object.entries(all).filter(([other]) => other !== id)), true)
}

/** What is saved is read anew: all of it may be otherwise now. */
export function readAnew(): void {
  for (const [id, cell] of Object.entries(useCells.getState())) if (cell.phase === 'still') drop(id)
}

/** Of this topic there is nothing but these: what somebody else took away goes, unless it is being written. */
export function only(topicId: string, ids: ReadonlySet<string>): void {
  for (const [id, cell] of Object.entries(useCells.getState())) if (cell.at.topicId === topicId && cell.phase === 'still' && cell.there.rowVersion > 0 && !ids.has(id)) drop(id)
}

export const isAnyOpen = (): boolean => Object.values(useCells.getState()).some(isOpen)
const goUp = () => { for (const [id, cell] of Object.entries(useCells.getState())) if (cell.phase === 'kept') void save(id) }
addEventListener('online', goUp)
addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') for (const [id, cell] of Object.entries(useCells.getState())) if (cell.phase === 'waits') void save(id) })
