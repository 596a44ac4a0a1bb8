// The quizzes of a class, asked for over its line once it stands.
import { useEffect, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { quizzes } from '../../server/features/quizzes/contract.ts'
import { useLive, useRoom } from '../classroom.tsx'

export type Listed = { quizzes: Pick<ReplyOf<(typeof quizzes)['commands']['list']>['quizzes'][number], 'quizId' | 'title'>[] }
type Refused = { code: string; message: string }

export function useQuizzes(cohortId: string): { there: Listed | null; refusal: Refused | null; again(): void } {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const over = useLive((s) => s.over)
  const [turn, setTurn] = useState(0)
  const [state, setState] = useState<{ there: Listed | null; refusal: Refused | null }>({ there: null, refusal: null })
  useEffect(() => {
    if (!here) return
    let wanted = true
    void live.ask('quiz:list', { cohortId }).then((said) => wanted && setState((was) => (said.ok ? { there: said.data, refusal: null } : { ...was, refusal: said.error })))
    return () => { wanted = false }
  }, [live, cohortId, here, turn])
  return { ...state, refusal: state.there ? null : (state.refusal ?? over), again: () => { setState({ there: null, refusal: null }); setTurn(turn + 1) } }
}
