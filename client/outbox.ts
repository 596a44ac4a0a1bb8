// Answers on their way. A paper lies in localStorage from its first letter, by person and prompt, so that a reload, a
// dead battery or a tunnel loses nothing; it is sent with the same key until the server has decided, one answer of a
// prompt at a time, and what stands there when time is up is handed in.
import { createStore } from 'zustand'
import type { Live, LiveState } from './live.ts'
import { newKey, pause } from './chance.ts'
import { serverNow } from './clock.ts'
import { blank, decided, handIn, isTransient, isUnsent, looked, type Paper, seen, sent } from './paper.ts'

const WEEK = 7 * 24 * 3_600_000
/** How long before one's own deadline a draft is handed in by itself, in milliseconds: time for the way there. */
export const AT_THE_END = 1_500

export type Outbox = ReturnType<typeof openOutbox>

/** Opens what one person has written in one cohort. */
export function openOutbox(userId: string, live: Live) {
  const shelf = `lectern:answer:${userId}:`
  const store = createStore<Record<string, Paper>>(() => papers(shelf))
  const waiting = new Map<string, ReturnType<typeof setTimeout>>()
  const flying = new Set<string>()
  let closed = false

  const get = (promptId: string): Paper => store.getState()[promptId] ?? blank(promptId, live.cohortId, Date.now(), kindOf(promptId))
  const kindOf = (promptId: string) => live.store.getState().book?.view.prompts.find((p) => p.promptId === promptId)?.kind

  /** Changes a paper, keeps it, and sends what is to be sent. */
  function put(paper: Paper): void {
    if (paper === store.getState()[paper.promptId]) return
    store.setState({ [paper.promptId]: paper })
    try {
      localStorage.setItem(shelf + paper.promptId, JSON.stringify(paper))
    } catch {
      // A full or forbidden store: the paper still lies in this page.
    }
    void send(paper.promptId, 0)
  }

  async function send(promptId: string, tries: number): Promise<void> {
    const { out, cohortId } = get(promptId)
    if (closed || !out || flying.has(promptId) || cohortId !== live.cohortId || !live.store.getState().here) return
    clearTimeout(waiting.get(promptId))
    flying.add(promptId)
    put(sent(get(promptId)))
    const { key, body, choices, number, confidence, replaces } = out
    const said = await live.ask('coldcall:answer', {
      promptId, replaces, key, ...(body && { body }), ...(choices && { choices }), ...(number !== null && number !== undefined && { number }), ...(confidence && { confidence }),
    })
    flying.delete(promptId)
    if (closed) return
    if (said.ok || !isTransient(said.error.code)) return put(decided(get(promptId), key, said, newKey(), Date.now()))
    const wait = Number(said.error.details?.retryAfterMs ?? 0) + pause(tries)
    waiting.set(promptId, setTimeout(send, wait, promptId, tries + 1))
  }

  /** Lays the server's word beside ours, and sends what waited for the line. */
  function follow(now: LiveState, before: LiveState): void {
    const fresh = now.book?.view.now !== before.book?.view.now
    if (now.book && now.book.view.prompts !== before.book?.view.prompts) {
      for (const { promptId, mine } of now.book.view.prompts) {
        const paper = store.getState()[promptId]
        if (paper) put(fresh ? looked(paper, mine) : seen(paper, mine))
        else if (mine) put(seen(get(promptId), mine))
      }
    }
    if (now.here && !before.here) for (const promptId of Object.keys(store.getState())) void send(promptId, 0)
  }

  /** Hands in what is written but not sent where time is nearly up; looks twice a second. */
  function atTheEnd(): void {
    for (const p of live.store.getState().book?.view.prompts ?? []) {
      if (p.state !== 'open' || p.closesAt === null) continue
      const left = Date.parse(p.closesAt) - serverNow()
      const paper = store.getState()[p.promptId]
      if (paper && left > 0 && left < AT_THE_END && !paper.holdBack && !paper.theirs && !paper.again && isUnsent(paper)) put(handIn(paper, newKey(), Date.now(), true))
    }
  }

  const unfollow = live.store.subscribe(follow)
  const watch = setInterval(atTheEnd, 500)
  const close = () => {
    closed = true
    unfollow()
    clearInterval(watch)
    for (const timer of waiting.values()) clearTimeout(timer)
  }
  return { store, get, put, close }
}

/** What lies on the shelf; what was not touched for a week is put away. */
function papers(shelf: string): Record<string, Paper> {
  const found: Record<string, Paper> = {}
  for (const name of Object.keys(localStorage).filter((n) => n.startsWith(shelf))) {
    try {
      const paper = JSON.parse(localStorage.getItem(name)!) as Paper
      if (Date.now() - paper.touchedAt > WEEK) localStorage.removeItem(name)
      // A paper of an earlier version has not all that there is by now.
      else found[paper.promptId] = { ...blank(paper.promptId, paper.cohortId, paper.touchedAt), ...paper }
    } catch {
      localStorage.removeItem(name)
    }
  }
  return found
}
