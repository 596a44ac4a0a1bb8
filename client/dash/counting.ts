// Reads the classes of a course a page at a time, and what several of them made of a quiz, a few at once.
import { useCallback, useEffect, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import { partPath, type Items } from './analysis.ts'
import type { Cohort, Counted, Course } from './course.ts'

const AT_ONCE = 4

/** The first page at once, each next when it is asked for. */
export function useCohorts(courseId: string) {
  const [state, setState] = useState<{ course: Course | null; refusal: Refusal | null; busy: boolean }>({ course: null, refusal: null, busy: true })
  const read = useCallback((cursor: string | null) => {
    setState((was) => ({ ...was, busy: true, refusal: null }))
    asMe<Course>('GET', `/courses/${courseId}/analysis${cursor ? `?cursor=${cursor}` : ''}`).then(
      (page) => setState(({ course }) => ({ course: { ...page, cohorts: [...(cursor ? (course?.cohorts ?? []) : []), ...page.cohorts] }, refusal: null, busy: false })),
      (refusal) => setState((was) => ({ ...was, refusal, busy: false })))
  }, [courseId])
  useEffect(() => read(null), [read])
  const { course } = state
  return { ...state, again: () => read(null), more: course?.next ? () => read(course.next) : null }
}

/** What these classes made of a quiz; all of them, or why not. */
export function useCounted(cohorts: readonly Pick<Cohort, 'cohortId' | 'name'>[], quizId: string) {
  const key = `${quizId} ${cohorts.map((c) => c.cohortId).join(' ')}`
  const [state, setState] = useState<{ key: string; there: Counted[] | null; refusal: Refusal | null }>({ key: '', there: null, refusal: null })
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let wanted = true
    const all: Counted[] = []
    const waiting = [...cohorts.entries()]
    const next = async (): Promise<void> => {
      const one = waiting.shift()
      if (!one || !wanted) return
      const [n, { cohortId, name }] = one
      all[n] = { cohortId, name, found: await asMe<Items>('GET', partPath(cohortId, 'items', quizId)) }
      return next()
    }
    Promise.all(Array.from({ length: AT_ONCE }, next)).then(() => wanted && setState({ key, there: all, refusal: null }), (refusal) => wanted && setState({ key, there: null, refusal }))
    return () => { wanted = false }
  }, [key, turn])
  return { ...(state.key === key ? state : { there: null, refusal: null }), again: () => { setState({ key: '', there: null, refusal: null }); setTurn(turn + 1) } }
}
