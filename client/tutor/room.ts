// The room of one person and the tutor of a course: the talk, the talks before, what is being written and what is on its way. It
// hears everything over one line; after the line was gone it reads again, and hears again what was being said.
import { createStore } from 'zustand'
import { newKey, pause } from '../chance.ts'
import { openDeeds } from './doing.ts'
import { isTransient, type LineState, openLine } from './line.ts'
import { onShelf, putOnShelf, type Waiting } from './shelf.ts'
import { empty, type Missed, missed, read, resumes, type Talk, type Told, told } from './talk.ts'
import type { Asked, Chat, Suggestion, Where } from './wire.ts'

export type Trouble = { code: string; message: string; details?: Record<string, unknown> }
/** `reading`: why the talk is not there: it is being read, or that was refused. `turns`: so often something changed what is left. */
export type RoomState = {
  talk: Talk; reading: 'now' | Trouble | null; chats: readonly Chat[] | null; moreChats: string | null
  draft: string; waiting: Waiting | null; refused: Trouble | null; followed: string | null; turns: number
}
export type Room = ReturnType<typeof openRoom>

/** Opens the room; `close` it when the page is left. */
export function openRoom(userId: string, courseId: string) {
  const shelf = onShelf(userId, courseId)
  const store = createStore<RoomState>(() => ({ talk: empty(null), reading: null, chats: null, moreChats: null, draft: shelf.draft, waiting: shelf.waiting, refused: null, followed: null, turns: 0 }))
  const line = openLine(hear)
  const resuming = new Set<string>()
  const { getState: now, setState: patch } = store
  let flying = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let closed = false

  const keep = () => putOnShelf(userId, courseId, { draft: now().draft, waiting: now().waiting })
  const set = (state: Partial<RoomState>) => { patch(state); keep() }
  const lay = (talk: Talk) => { if (talk !== now().talk) patch({ talk }) }

  function hear(name: string, body: unknown): void {
    if (!name.startsWith('tutor:')) return
    const said = { name, body } as Told
    if (said.name === 'tutor:asked' && said.body.courseId !== courseId) return
    const { waiting } = now()
    lay(told(now().talk, said, waiting && !waiting.chatId ? waiting.text : null))
    if (said.name === 'tutor:asked') listed({ chatId: said.body.chatId, courseId, cohortId: null, title: said.body.title, lastAt: new Date().toISOString() })
    if (said.name === 'tutor:forgot') patch({ chats: now().chats?.filter((c) => c.chatId !== said.body.chatId) ?? null })
    if (said.name === 'tutor:done' || said.name === 'tutor:failed' || (said.name === 'tutor:asked' && said.body.chatId !== now().talk.chatId)) patch({ turns: now().turns + 1 })
    for (const gap of missed(now().talk)) void resume(gap)
  }

  function listed(chat: Chat): void {
    const { chats } = now()
    if (!chats) return
    const before = chats.find((c) => c.chatId === chat.chatId)
    patch({ chats: [{ ...chat, cohortId: before?.cohortId ?? null }, ...chats.filter((c) => c !== before)] })
  }

  async function resume({ messageId, after }: Missed): Promise<void> {
    if (resuming.has(messageId)) return
    resuming.add(messageId)
    const said = await line.ask('tutor:resume', { messageId, after })
    resuming.delete(messageId)
    if (said.ok && said.data.state === 'ended') await page(null)
  }

  /** Reads a page of the talk: the latest, or the one before what is there. */
  async function page(cursor: string | null): Promise<boolean> {
    const { chatId } = now().talk
    if (!chatId) return true
    const said = await line.ask('tutor:history', { chatId, ...(cursor && { cursor }) })
    if (closed || now().talk.chatId !== chatId) return true
    if (said.ok) { lay(read(now().talk, said.data.messages ?? [], said.data.next ?? null, cursor)); patch({ reading: null }) }
    else if (!isTransient(said.error.code)) patch({ reading: said.error })
    return said.ok
  }

  async function chats(more = false): Promise<void> {
    const cursor = more ? now().moreChats : null
    const said = await line.ask('tutor:history', { courseId, ...(cursor && { cursor }) })
    if (closed || !said.ok) return
    const came = said.data.chats ?? []
    patch({ chats: more ? [...(now().chats ?? []), ...came.filter((c) => !now().chats?.some((b) => b.chatId === c.chatId))] : came, moreChats: said.data.next ?? null })
  }

  /** What is left, as it was read. */
  const counted = (quota: Talk['quota']) => lay({ ...now().talk, quota })

  /** Shows a talk; null: a new one. */
  function open(chatId: string | null): void {
    patch({ talk: empty(chatId, now().talk.quota), reading: chatId ? 'now' : null, followed: null, refused: null })
    if (chatId && line.store.getState().here) void page(null)
  }

  function ask(text: string, { cohort, moduleNo, topicId }: Where, suggestion: Suggestion | null = null): void {
    const { talk, waiting } = now()
    if (waiting || !text.trim()) return
    const asked: Asked = {
      courseId, text: text.trim(), ...(cohort && { cohortId: cohort }), ...(talk.chatId && { chatId: talk.chatId }), ...(moduleNo !== null && { moduleNo }), ...(topicId && { topicId }),
      ...(suggestion?.suggestionId && { suggestionId: suggestion.suggestionId }),
    } as Asked
    set({ waiting: { ...asked, key: newKey() }, refused: null, followed: suggestion?.suggestionId ?? null, ...(suggestion === null && { draft: '' }) })
    void send(0)
  }

  /** Sends what waits until the server has decided. */
  async function send(tries: number): Promise<void> {
    const { waiting } = now()
    clearTimeout(timer)
    if (closed || !waiting || flying || !line.store.getState().here) return
    flying = true
    const said = await line.ask('tutor:ask', waiting)
    flying = false
    if (closed || now().waiting?.key !== waiting.key) return
    if (said.ok) return arrived(waiting, said.data)
    if (isTransient(said.error.code)) { timer = setTimeout(send, Number(said.error.details?.retryAfterMs ?? 0) + pause(tries), tries + 1); return }
    set({ waiting: null, refused: said.error, turns: now().turns + 1, draft: now().draft || waiting.text })
  }

  function arrived(waiting: Waiting, { chatId, messageId, quota }: { chatId: string; messageId: string; quota: Talk['quota'] }): void {
    const { talk } = now()
    const isMine = talk.chatId === (waiting.chatId ?? null) || talk.chatId === chatId
    set({ waiting: null, talk: { ...talk, quota, chatId: isMine ? chatId : talk.chatId } })
    if (isMine && !talk.messages.some((m) => m.messageId === messageId)) void page(null)
  }

  /** What was only asked here and has not gone yet comes back into the field. */
  const takeBack = () => { const { waiting, draft } = now(); if (waiting && !flying) set({ waiting: null, draft: draft || waiting.text }) }

  const deeds = openDeeds({ store, line, courseId, lay, hear })

  /** The line is there again: what was told meanwhile is read, what was being said is heard again, what waits is sent. */
  async function back(state: LineState, before: LineState): Promise<void> {
    if (!state.here || before.here) return
    resuming.clear()
    void send(0)
    void chats()
    patch({ turns: now().turns + 1 })
    if (await page(null)) for (const one of resumes(now().talk)) void resume(one)
  }

  const unfollow = line.store.subscribe((state, before) => void back(state, before))
  // What a teacher changed meanwhile is read when one looks again.
  const look = () => { if (document.visibilityState === 'visible') patch({ turns: now().turns + 1 }) }
  document.addEventListener('visibilitychange', look)
  const close = () => { closed = true; clearTimeout(timer); document.removeEventListener('visibilitychange', look); unfollow(); line.close() }
  const write = (draft: string) => set({ draft })
  const earlier = () => (now().talk.next ? page(now().talk.next) : Promise.resolve(true))
  return { store, line, counted, open, ask, takeBack, write, earlier, again: () => page(null), moreChats: () => chats(true), ...deeds, close }
}
