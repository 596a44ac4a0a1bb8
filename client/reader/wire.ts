// What is read over REST, from where, and in which language somebody chose to read a course on this device.
import { create } from 'zustand'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { catalog } from '../../server/features/catalog/contract.ts'
import type { reading } from '../../server/features/reading/contract.ts'

export type Course = ReplyOf<typeof reading.calls.course>
export type Topic = ReplyOf<typeof reading.calls.topic>
export type Block = Topic['blocks'][number]
export type Product = ReplyOf<typeof catalog.calls.products>['products'][number]
export type Narrator = Course['narrator']

const KEPT = 'lectern:language:'
/** What was chosen for each course; empty: what the reader's program says. */
const useChosen = create<Record<string, string>>(() => ({}))

/** As the address says, which is kept, else as it was chosen on this device before. */
function recalled(courseId: string): string {
  const said = new URLSearchParams(location.search).get('language')
  if (said !== null) localStorage.setItem(KEPT + courseId, said)
  return said ?? localStorage.getItem(KEPT + courseId) ?? ''
}

/** The language that one chose for a course, and how to choose another; empty: what the browser says. */
export function useLanguage(courseId: string): [string, (tag: string) => void] {
  const now = useChosen((c) => c[courseId])
  const choose = (tag: string) => {
    localStorage.setItem(KEPT + courseId, tag)
    const asked = new URLSearchParams(location.search)
    asked.delete('language')
    history.replaceState(history.state, '', location.pathname + (asked.size > 0 ? `?${asked}` : '') + location.hash)
    useChosen.setState({ [courseId]: tag })
  }
  return [now ?? recalled(courseId), choose]
}

const query = (asked: Record<string, string | null | undefined>): string => {
  const there = Object.entries(asked).filter((e): e is [string, string] => !!e[1])
  return there.length > 0 ? `?${new URLSearchParams(there)}` : ''
}

/** The class that one came from; its version is read, and the way back leads there. */
export const cameFrom = (): string | null => new URLSearchParams(location.search).get('cohort')

export const courseAt = (courseId: string, language: string) => `/courses/${courseId}${query({ cohort: cameFrom(), language })}`
export const topicAt = (topicId: string, language: string) => `/topics/${topicId}${query({ cohort: cameFrom(), language })}`
export const toCourse = (courseId: string, moduleNo?: number) => `/course/${courseId}${query({ cohort: cameFrom() })}${moduleNo === undefined ? '' : `#module-${moduleNo}`}`
/** To the tutor, about this topic. */
export const toAsk = ({ courseId, moduleNo, topicId }: Pick<Topic, 'courseId' | 'moduleNo' | 'topicId'>) => `/course/${courseId}/tutor${query({ cohort: cameFrom(), module: String(moduleNo), topic: topicId })}`
export const toTopic = (courseId: string, topicId: string) => `/course/${courseId}/topic/${topicId}${query({ cohort: cameFrom() })}`
