// An attempt while it runs: it is begun or gone on with, each answer goes up by itself and is asked for again until the server has it,
// and it ends when one hands it in, when time is up, or on another device.
import { useCallback, useEffect, useRef, useState } from 'react'
import { newKey, pause } from '../chance.ts'
import { serverNow, setClock } from '../clock.ts'
import { useLive, useRoom } from '../classroom.tsx'
import type { Live, Said } from '../live.ts'
import { announce } from '../parts/Say.tsx'
import { answered, begun, forget, heard, keep, kept, newer, saved, type Sheet } from './sheet.ts'
import type { Answer, Attempt, Pushed, Review } from './wire.ts'

type Refusal = { code: string; message: string; details?: Record<string, unknown> }
export type Attempting =
  | { phase: 'beginning' }
  | { phase: 'refused'; refusal: Refusal }
  | { phase: 'running' | 'handing'; attempt: Attempt; sheet: Sheet; savedAt: number | null; trouble: Refusal | null }
  | { phase: 'over'; review: Review; unlocked: readonly number[] }

/** Time for the way there, before one's own deadline: what is written then is handed in by itself. */
const AT_THE_END = 1_500
/** How long after the last letter what was typed goes up. */
const PAUSE = 700
const again = (code: string) => ['unheard', 'unavailable', 'rate_limited', 'internal'].includes(code)

export function useAttempting(cohortId: string, quizId: string) {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const [state, draw] = useState<Attempting>({ phase: 'beginning' })
  const now = useRef(state)
  // What is asked next looks at what is so, not at what was drawn last.
  const setState = useCallback((next: Attempting | ((s: Attempting) => Attempting)) => { now.current = typeof next === 'function' ? next(now.current) : next; draw(now.current) }, [])
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>())
  const flying = useRef(new Set<string>())

  const lay = useCallback((change: (sheet: Sheet) => Sheet, at: number | null = null) => setState((s) => {
    if (s.phase !== 'running' && s.phase !== 'handing') return s
    const sheet = change(s.sheet)
    keep(sheet)
    return { ...s, sheet, savedAt: at ?? s.savedAt }
  }), [setState])

  /** Shows what was graded, where the attempt is over; else what keeps it from being shown. */
  const graded = useCallback(async (attemptId: string, unlocked: readonly number[] = []): Promise<Refusal | null> => {
    const said = await patiently(live, () => live.ask('quiz:review', { attemptId }))
    if (!said.ok) return said.error
    forget(attemptId)
    setState({ phase: 'over', review: said.data, unlocked })
    return null
  }, [live, setState])

  const show = useCallback(async (attemptId: string, unlocked?: readonly number[]): Promise<void> => {
    const refusal = await graded(attemptId, unlocked)
    if (refusal) setState({ phase: 'refused', refusal })
  }, [graded, setState])

  const begin = useCallback(async (): Promise<void> => {
    const asked = Date.now()
    const before = now.current
    const said = await live.does('quiz:start', { cohortId, quizId })
    if (!said.ok) {
      if (again(said.error.code) && now.current.phase === 'running') return // what is there goes on
      setState({ phase: 'refused', refusal: said.error })
      return
    }
    const attempt = said.data
    setClock(attempt.now, asked, Date.now())
    // What was answered or saved while this was asked is newer than what came.
    setState((was) => {
      if (before.phase === 'running' && was.phase !== 'running') return was
      const sheet = begun(attempt, kept(attempt.attemptId))
      const isSameOne = was.phase === 'running' && before.phase === 'running' && was.attempt.attemptId === attempt.attemptId
      return { phase: 'running', attempt, sheet: isSameOne ? newer(sheet, before.sheet, was.sheet) : sheet, savedAt: isSameOne ? was.savedAt : null, trouble: null }
    })
  }, [live, cohortId, quizId, setState])

  /** Sends the newest answer of a question, and again until it is there. */
  const send = useCallback(async (questionId: string, tries = 0): Promise<void> => {
    const s = now.current
    if (s.phase !== 'running' || flying.current.has(questionId)) return
    const answer = s.sheet.answers[questionId]
    if (!answer || !s.sheet.unsaved.includes(questionId) || !live.store.getState().here) return
    clearTimeout(timers.current.get(questionId))
    flying.current.add(questionId)
    const { attemptId } = s.attempt
    const said = await live.ask('quiz:save', { attemptId, questionId, answer, key: newKey() })
    flying.current.delete(questionId)
    if (said.ok) lay((sheet) => saved(sheet, questionId, answer), Date.now())
    else if (said.error.code === 'attempt_closed') { void show(attemptId); return }
    else if (!again(said.error.code)) { setState((was) => (was.phase === 'running' ? { ...was, trouble: said.error } : was)); return }
    // What was written meanwhile, or was not heard, goes up again.
    timers.current.set(questionId, setTimeout(send, said.ok ? 0 : pause(tries), questionId, said.ok ? 0 : tries + 1))
  }, [live, show, lay, setState])

  /** `soon`: once the typing rests. */
  const put = useCallback((questionId: string, answer: Answer, soon = false): void => {
    lay((sheet) => answered(sheet, questionId, answer))
    clearTimeout(timers.current.get(questionId))
    timers.current.set(questionId, setTimeout(send, soon ? PAUSE : 0, questionId))
  }, [send, lay])

  const handIn = useCallback(async (): Promise<void> => {
    const s = now.current
    if (s.phase !== 'running') return
    const { attempt: { attemptId }, sheet } = s
    setState({ ...s, phase: 'handing', trouble: null })
    const answers = Object.entries(sheet.answers).map(([questionId, answer]) => ({ questionId, answer }))
    const said = await live.does('quiz:submit', { attemptId, answers })
    if (said.ok) { await show(attemptId, said.data.unlocked); return }
    if (said.error.code === 'attempt_closed') { await show(attemptId); return }
    setState((was) => (was.phase === 'handing' ? { ...was, phase: 'running', trouble: said.error } : was))
    announce(said.error.message, 'assertive')
  }, [live, show, setState])

  /** After a cut: what is not saved goes up, what ended meanwhile is over here too, and what another device did comes with a fresh start. */
  const goOn = useCallback(async (): Promise<void> => {
    const s = now.current
    if (s.phase === 'running') {
      await Promise.all(s.sheet.unsaved.map((id) => send(id)))
      if (now.current.phase !== 'running') return
      if ((await graded(s.attempt.attemptId))?.code !== 'attempt_open') return // it is over, or what is there goes on
    }
    await begin()
  }, [send, graded, begin])

  useEffect(() => { void begin() }, [begin])
  const wasHere = useRef(here)
  useEffect(() => {
    const s = now.current
    if (here && !wasHere.current && (s.phase === 'running' || (s.phase === 'refused' && again(s.refusal.code)))) void goOn()
    wasHere.current = here
  }, [here, goOn])
  useEffect(() => live.hears((name, body) => {
    const s = now.current
    if (s.phase !== 'running' && s.phase !== 'handing') return
    const { attemptId } = s.attempt
    const pushed = body as Pushed['quiz:saved'] | Pushed['quiz:graded']
    if (pushed.attemptId !== attemptId) return
    if (name === 'quiz:saved') { const { questionId, answer } = pushed as Pushed['quiz:saved']; lay((sheet) => heard(sheet, questionId, answer)) }
    if (name === 'quiz:graded' && s.phase === 'running') void show(attemptId)
  }), [live, show, lay])
  useEffect(() => {
    const watch = setInterval(() => {
      const s = now.current
      if (s.phase === 'running' && s.attempt.dueAt && Date.parse(s.attempt.dueAt) - serverNow() < AT_THE_END && live.store.getState().here) void handIn()
    }, 500)
    return () => clearInterval(watch)
  }, [live, handIn])
  useEffect(() => () => { for (const timer of timers.current.values()) clearTimeout(timer) }, [])
  return { state, put, handIn, again: () => { setState({ phase: 'beginning' }); void begin() } }
}

/** Asks until something comes back. */
async function patiently<T>(live: Live, ask: () => Promise<Said<T>>): Promise<Said<T>> {
  for (let n = 0; ; n++) {
    const said = await ask()
    if (said.ok || !again(said.error.code) || n === 8) return said
    await new Promise((wake) => setTimeout(wake, Number(said.error.details?.retryAfterMs ?? 0) + pause(n)))
    if (!live.store.getState().here) await new Promise<void>((wake) => { const stop = live.store.subscribe((s) => { if (s.here) { stop(); wake() } }); setTimeout(() => { stop(); wake() }, 15_000) })
  }
}
