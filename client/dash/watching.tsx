// The board as one watches it: asked for once the line stands, moved by every patch in its turn, asked for again after a gap or a cut.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { createStore, type StoreApi, useStore } from 'zustand'
import { useRoom } from '../classroom.tsx'
import type { Live } from '../live.ts'
import { type Board, merged, type News, newsOf } from './board.ts'

export type Watched = {
  board: Board | null
  /** When it last moved or was read, in milliseconds of this clock. */
  movedAt: number | null
  news: (News & { n: number }) | null
  refusal: { code: string; message: string } | null
}
type Patch = { cohortId: string; n: number; patch: Parameters<typeof newsOf>[2] }

const AGAIN = 2_000
const FINAL = ['forbidden', 'not_found', 'bad_request']

/** Watches the board of a cohort over a line to it, until `close`. */
export function watch(live: Pick<Live, 'store' | 'hears' | 'ask'>, cohortId: string) {
  const store = createStore<Watched>(() => ({ board: null, movedAt: null, news: null, refusal: null }))
  let n = 0
  /** What came while the board was being asked for. */
  let early: Patch[] | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  async function begin(): Promise<void> {
    clearTimeout(timer)
    const mine = ++turn
    early = []
    const said = await live.ask('dashboard:watch', { cohortId })
    if (mine !== turn) return
    if (!said.ok) { refused(said.error); return }
    const { board, n: from } = said.data
    const waiting: Patch[] = early
    early = null
    n = from
    store.setState({ board, movedAt: Date.now(), refusal: null })
    for (const one of waiting) take(one)
  }

  function refused({ code, message }: { code: string; message: string }): void {
    if (FINAL.includes(code)) store.setState({ refusal: { code, message } })
    else if (live.store.getState().here) timer = setTimeout(begin, AGAIN)
  }

  function take(one: Patch): void {
    if (early) { early.push(one); return }
    const { board, news } = store.getState()
    if (!board || one.n <= n) return
    if (one.n > n + 1) { void begin(); return }
    n = one.n
    const next = merged(board, one.patch) as Board
    const heard = newsOf(board, next, one.patch)
    store.setState({ board: next, movedAt: Date.now(), ...(heard && { news: { ...heard, n: (news?.n ?? 0) + 1 } }) })
  }

  const deaf = live.hears((name, body) => { if (name === 'dashboard:patch' && (body as Patch).cohortId === cohortId) take(body as Patch) })
  const still = live.store.subscribe(({ here }, before) => { if (here && !before.here) void begin() })
  if (live.store.getState().here) void begin()

  const close = () => {
    turn++
    clearTimeout(timer)
    deaf()
    still()
    if (live.store.getState().here) void live.ask('dashboard:unwatch', { cohortId })
  }
  return { store, close }
}

const Here = createContext<StoreApi<Watched> | null>(null)

/** Watches for everything below; inside a Classroom. */
export function Watching({ cohortId, children }: { cohortId: string; children: ReactNode }) {
  const { live } = useRoom()
  const [store, setStore] = useState<StoreApi<Watched> | null>(null)
  useEffect(() => {
    const watching = watch(live, cohortId)
    setStore(watching.store)
    return watching.close
  }, [live, cohortId])
  return store && <Here value={store}>{children}</Here>
}

export const useWatched = <T,>(pick: (watched: Watched) => T): T => useStore(useContext(Here)!, pick)
/** Only below a page that has the board. */
export const useBoard = (): Board => useWatched((w) => w.board!)
