// What somebody is writing to the tutor of a course, and what they asked that has not arrived: kept in this browser, by person and
// course, so that neither a reload nor a tunnel loses it. A question keeps its key until the server has decided.
import type { Asked } from './wire.ts'

export type Waiting = Asked & { key: string }
export type Shelf = { draft: string; waiting: Waiting | null }

const place = (userId: string, courseId: string) => `lectern:ask:${userId}:${courseId}`
const bare: Shelf = { draft: '', waiting: null }

export function onShelf(userId: string, courseId: string): Shelf {
  try {
    return { ...bare, ...JSON.parse(localStorage.getItem(place(userId, courseId)) ?? '{}') }
  } catch {
    return bare
  }
}

export function putOnShelf(userId: string, courseId: string, shelf: Shelf): void {
  try {
    if (shelf.draft || shelf.waiting) localStorage.setItem(place(userId, courseId), JSON.stringify(shelf))
    else localStorage.removeItem(place(userId, courseId))
  } catch {
    // A full or forbidden store: it still stands in this page.
  }
}
