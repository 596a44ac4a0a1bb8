// A quiz as it is edited: one change at a time, each on what stands then. Where somebody else changed it meanwhile, what was wished
// waits beside what stands until one of the two is chosen; where the server is out of reach it waits to be sent.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { isOutOfReach } from '../author/whole.ts'
import type { Said } from '../places/done.ts'
import { type Act, asksOf, before } from './asking.ts'
import { changeQuiz, place, type Placement, readQuiz, type Settings, type Whole } from './wire.ts'
import { useBankWords } from './words.tsx'

/** `what`: the sentence that says that it is done; `back`: how it is undone; `look`: how it looks at once. */
export type Wish = { what: string; run(now: Whole): Promise<Whole>; back?: Omit<Wish, 'what'> | undefined; look?: ((p: Placement[]) => Placement[]) | undefined }
type State = { there: Whole | null; lost: Refusal | null; wish: Wish | null; theirs: Whole | null; waits: boolean; refusal: Refusal | null }
export type Editing = ReturnType<typeof useQuiz>

export function useQuiz(quizId: string, said: Said) {
  const { say } = useBankWords()
  const [state, setState] = useState<State>({ there: null, lost: null, wish: null, theirs: null, waits: false, refusal: null })
  const now = useRef(state)
  const set = useCallback((more: Partial<State>) => { now.current = { ...now.current, ...more }; setState(now.current) }, [])
  const queue = useRef<Promise<unknown>>(Promise.resolve())

  const load = useCallback(async () => {
    try {
      const there = await readQuiz(quizId)
      if (!now.current.wish) set({ there, lost: null })
    } catch (lost) { set({ lost: lost as Refusal }) }
  }, [quizId, set])
  useEffect(() => { void load() }, [load])

  const run = useCallback(async (wish: Wish): Promise<boolean> => {
    const { there, theirs, waits } = now.current
    if (!there || theirs || (waits && now.current.wish !== wish)) return false
    set({ wish, waits: false, refusal: null })
    try {
      set({ there: await wish.run(there), wish: null })
      if (wish.what) said(wish.what, wish.back && (async () => { const { back } = wish; if (back && !(await doing({ what: '', ...back }))) throw now.current.refusal ?? new Error(''); return say('au.undone') }))
      return true
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details?.now) set({ theirs: refusal.details.now as Whole })
      else if (isOutOfReach(refusal)) set({ waits: true })
      else set({ wish: null, refusal })
      return false
    }
  }, [said, say, set])
  const doing = useCallback((wish: Wish): Promise<boolean> => { const next = queue.current.then(() => run(wish)); queue.current = next; return next }, [run])

  const settings = useCallback((to: Settings, what: string) => {
    const { there } = now.current
    const put = (s: Settings) => (q: Whole) => changeQuiz(quizId, { ...s, rowVersion: q.rowVersion })
    return doing({ what, run: put(to), back: there ? { run: put(before(there, to)) } : undefined })
  }, [doing, quizId])
  const asks = useCallback((act: Act, what: string, back?: Act, look?: Wish['look']) => {
    const put = (a: Act) => (q: Whole) => place(quizId, q.rowVersion, a(asksOf(q.placements)).map((x) => x.as))
    return doing({ what, run: put(act), back: back && { run: put(back) }, look })
  }, [doing, quizId])

  const takeTheirs = useCallback(() => { const { theirs } = now.current; if (theirs) set({ there: theirs, theirs: null, wish: null }) }, [set])
  const keepMine = useCallback(() => { const { theirs, wish } = now.current; if (theirs && wish) { set({ there: theirs, theirs: null, wish: null }); void doing(wish) } }, [doing, set])
  const send = useCallback(() => { const { wish, waits } = now.current; if (wish && waits) void doing(wish) }, [doing])
  useEffect(() => { addEventListener('online', send); return () => removeEventListener('online', send) }, [send])
  const forget = useCallback(() => set({ refusal: null }), [set])
  const lay = useCallback((there: Whole) => set({ there }), [set])
  const { there, wish } = state
  return { ...state, placements: there ? (wish?.look?.(there.placements) ?? there.placements) : [], load, settings, asks, takeTheirs, keepMine, send, forget, lay }
}
