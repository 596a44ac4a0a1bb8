// What one does in the room of the tutor besides asking: rates, passes on, stops, searches, deletes.
import type { StoreApi } from 'zustand'
import type { Line } from './line.ts'
import type { RoomState, Trouble } from './room.ts'
import { type Talk, told } from './talk.ts'
import type { Found, Suggestion } from './wire.ts'

/** `lay`: puts a talk in the place of the one that is there; `hear`: takes what was told. */
type Room = { store: StoreApi<RoomState>; line: Line; courseId: string; lay(talk: Talk): void; hear(name: string, body: unknown): void }

/** What comes back is why not; null: it is done. */
export function openDeeds({ store, line, courseId, lay, hear }: Room) {
  async function rate(messageId: string, helpful: boolean | null): Promise<Trouble | null> {
    const before = store.getState().talk.messages.find((m) => m.messageId === messageId)?.helpful ?? null
    lay(told(store.getState().talk, { name: 'tutor:rated', body: { messageId, helpful } }))
    const said = await line.does('tutor:rate', { messageId, helpful })
    if (said.ok) return null
    lay(told(store.getState().talk, { name: 'tutor:rated', body: { messageId, helpful: before } }))
    return said.error
  }

  async function passOn(messageId: string): Promise<Trouble | null> {
    const said = await line.does('tutor:pass_on', { messageId })
    if (!said.ok) return said.error
    const { talk } = store.getState()
    lay({ ...talk, messages: talk.messages.map((m) => (m.messageId === messageId ? { ...m, passedOn: m.passedOn ?? { at: said.data.at, answer: null, answeredAt: null } } : m)) })
    return null
  }

  async function forget(chatId: string): Promise<Trouble | null> {
    const said = await line.does('tutor:forget', { chatId })
    if (said.ok) hear('tutor:forgot', { chatId })
    return said.ok ? null : said.error
  }

  async function stop(messageId: string): Promise<void> { await line.ask('tutor:stop', { messageId }) }
  const search = async (text: string): Promise<readonly Found[] | null> => { const said = await line.ask('tutor:search', { courseId, text }); return said.ok ? said.data.found : null }
  const suggest = async (of: { cohortId?: string; topicId?: string; parentId?: string }): Promise<readonly Suggestion[]> => { const said = await line.ask('tutor:suggest', { courseId, ...of }); return said.ok ? said.data.suggestions : [] }

  return { rate, passOn, forget, stop, search, suggest }
}
