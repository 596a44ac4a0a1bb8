// The applications at a place: all that wait, and of those that were decided the newest first, page by page.
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import { type Application, readApplications } from './wire.ts'

type State = { pending: Application[] | null; decided: Application[] | null; next: string | null; refusal: Refusal | null; busy: boolean }

export function useApplications(nodeId: string) {
  const [state, setState] = useState<State>({ pending: null, decided: null, next: null, refusal: null, busy: true })
  const load = useCallback(async () => {
    setState((s) => ({ ...s, refusal: null, busy: true }))
    try {
      const pending: Application[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const page = await readApplications(nodeId, 'pending', cursor)
        pending.push(...page.applications)
        cursor = page.next
      }
      const { applications, next } = await readApplications(nodeId, null, null)
      setState({ pending, decided: applications.filter((a) => a.status !== 'pending'), next, refusal: null, busy: false })
    } catch (error) {
      setState((s) => ({ ...s, refusal: error as Refusal, busy: false }))
    }
  }, [nodeId])
  useEffect(() => { void load() }, [load])
  const more = () => {
    if (state.next === null || state.busy) return
    setState((s) => ({ ...s, busy: true }))
    readApplications(nodeId, null, state.next).then(
      ({ applications, next }) => setState((s) => ({ ...s, decided: [...(s.decided ?? []), ...applications.filter((a) => a.status !== 'pending')], next, busy: false })),
      (refusal: Refusal) => setState((s) => ({ ...s, refusal, busy: false })))
  }
  /** One was decided. */
  const put = (one: Application) => setState((s) => ({ ...s, pending: s.pending?.filter((a) => a.applicationId !== one.applicationId) ?? null, decided: [one, ...(s.decided ?? [])] }))
  return { ...state, load, more, put }
}
