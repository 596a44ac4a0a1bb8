// The class that this page is in: the line to it and what one has written there, for everything below.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import type { ClassView } from '../server/views.ts'
import { useAccount } from './account.ts'
import { type Live, type LiveState, openLive } from './live.ts'
import { useGone } from './network.ts'
import { openOutbox, type Outbox } from './outbox.ts'
import { blank, type Paper } from './paper.ts'

type Room = { live: Live; outbox: Outbox }
const Here = createContext<Room | null>(null)

export function Classroom({ cohortId, as, children }: { cohortId: string; as?: 'screen'; children: ReactNode }) {
  const userId = useAccount((a) => a.user?.userId)
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
    if (!userId) return
    const live = openLive(cohortId, as)
    const outbox = openOutbox(userId, live)
    setRoom({ live, outbox })
    return () => { outbox.close(); live.close(); setRoom(null) }
  }, [cohortId, as, userId])
  return room && <Here value={room}>{children}</Here>
}

export const useRoom = (): Room => useContext(Here)!
export const useLive = <T,>(pick: (state: LiveState) => T): T => useStore(useRoom().live.store, pick)
/** The class as one sees it; only below a page that has joined. */
export const useClass = <T,>(pick: (view: ClassView) => T): T => useLive((s) => pick(s.book!.view))
export const useRole = () => useLive((s) => s.book!.looker.role)

const nothing = blank('', '', 0)
export const usePaper = (promptId: string | undefined): Paper =>
  useStore(useRoom().outbox.store, (papers) => (promptId ? papers[promptId] : undefined)) ?? nothing

/** Whether the line has been gone long enough to say so. */
export const useLost = (): boolean => useGone(useLive((s) => (s.here ? null : s.lostAt)))
