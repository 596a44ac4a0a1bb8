// Questions of the bank that were looked for: read page by page; what is there stays until the new is.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { type Asks, type Question, readQuestions } from './wire.ts'

type State = { questions: Question[] | null; next: string | null; refusal: Refusal | null; busy: boolean }

export function useFound(courseId: string, asked: Asks) {
  const [state, setState] = useState<State>({ questions: null, next: null, refusal: null, busy: true })
  const turn = useRef(0)
  const what = JSON.stringify(asked)
  const load = useCallback(() => {
    const mine = ++turn.current
    setState((s) => ({ ...s, busy: true, refusal: null }))
    return readQuestions(courseId, JSON.parse(what) as Asks).then(
      ({ questions, next }) => { if (mine === turn.current) setState({ questions, next, refusal: null, busy: false }) },
      (refusal: Refusal) => { if (mine === turn.current) setState((s) => ({ ...s, refusal, busy: false })) })
  }, [courseId, what])
  useEffect(() => { const soon = setTimeout(load, 180); return () => clearTimeout(soon) }, [load])
  const more = useCallback(() => {
    const mine = turn.current
    setState((s) => ({ ...s, busy: true }))
    readQuestions(courseId, { ...(JSON.parse(what) as Asks), cursor: state.next }).then(
      (page) => { if (mine === turn.current) setState((s) => ({ ...s, questions: [...(s.questions ?? []), ...page.questions], next: page.next, busy: false })) },
      (refusal: Refusal) => { if (mine === turn.current) setState((s) => ({ ...s, refusal, busy: false })) })
  }, [courseId, what, state.next])
  const drop = useCallback((questionId: string) => setState((s) => ({ ...s, questions: s.questions?.filter((q) => q.questionId !== questionId) ?? null })), [])
  return { ...state, load, more, drop }
}
