// Where a course goes on for somebody. Pure.
import type { Course } from './wire.ts'

type Stop = Course['modules'][number]['topics'][number]

/** `next`: the lesson where they left off or, where that is read, the first after it that is not; null: all are read. */
export function onwards({ modules, resume }: Pick<Course, 'modules' | 'resume'>): { all: number; read: number; next: Stop | null; begun: boolean } {
  const topics = modules.flatMap((m) => m.topics)
  const unread = (t: Stop) => t.percent < 100
  const at = topics.findIndex((t) => t.topicId === resume?.topicId)
  const next = topics.slice(Math.max(at, 0)).find(unread) ?? topics.find(unread) ?? null
  return { all: topics.length, read: topics.filter((t) => !unread(t)).length, next, begun: at >= 0 }
}
