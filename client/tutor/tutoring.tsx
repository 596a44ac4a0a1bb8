// The room that everything on the tutor's page is in.
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { useGone } from '../network.ts'
import type { LineState } from './line.ts'
import { openRoom, type Room, type RoomState } from './room.ts'

const Here = createContext<Room | null>(null)

export function Tutoring({ userId, courseId, children }: { userId: string; courseId: string; children: ReactNode }) {
  const [room, setRoom] = useState<Room | null>(null)
  useEffect(() => {
    const opened = openRoom(userId, courseId)
    setRoom(opened)
    return () => { opened.close(); setRoom(null) }
  }, [userId, courseId])
  return room && <Here value={room}>{children}</Here>
}

export const useRoom = (): Room => useContext(Here)!
export const useTutor = <T,>(pick: (state: RoomState) => T): T => useStore(useRoom().store, pick)
export const useLine = <T,>(pick: (state: LineState) => T): T => useStore(useRoom().line.store, pick)

/** Whether the line has been gone long enough to say so. */
export const useLost = (): boolean => useGone(useLine((s) => (s.here ? null : s.lostAt)))
