// A room of dashboards for tests of its screen: boards of any size and patches at any pace, put in between the page and a real server.
import type { WebSocketRoute } from 'playwright-core'
import { type Board, type Learner, merged, type State } from '../../client/dash/board.ts'
import { chance as seeded } from '../helpers/chance.ts'
import type { Actor } from './stage.ts'

const FIRST = ['Aroha', 'Beatriz', 'Chidi', 'Daniyar', 'Esi', 'Goran', 'Gwen', 'Hana', 'Ismail', 'Jin-woo', 'Kofi', 'Leila', 'Mateo', 'Nadia', 'Oksana', 'Priya', 'Samir', 'Thandi', 'Uma', 'Yuki']
const LAST = ['Williams', 'Moura', 'Eze', 'Omarov', 'Boateng', 'Ilić', 'Parry', 'Kovářová', 'Yıldız', 'Park', 'Mensah', 'Haddad', 'Silva', 'Petrova', 'Hrytsenko']

export const TITLES = ['Getting started', 'Farm', 'Transport', 'Manufacturing', 'Retail', 'Consumer']

/** A board of this many learners, the same every time. */
export function aBoard(count: number, modules = 6): Board {
  const lots = seeded(7)
  const chance = () => lots.below(1_000_000) / 1_000_000
  const learners: Record<string, Learner> = {}
  for (let i = 0; i < count; i++) {
    const batchNo = Math.floor(i / 30) + 1
    const far = Math.min(modules - 1, Math.floor(chance() ** 1.7 * 4))
    const stuck = chance() < .05
    const stands = (no: number): State => (no <= far ? 'passed' : no === far + 1 ? (stuck ? 'stuck' : chance() < .6 ? 'begun' : 'unlocked') : 'locked')
    const online = chance() < .94
    learners[`0190-${String(i).padStart(5, '0')}`] = {
      displayName: `${FIRST[i % FIRST.length]} ${LAST[Math.floor(i / FIRST.length) % LAST.length]}`, batchNo, online, answered: Math.round(9 * chance() ** .3), asked: 9, starsGiven: Math.floor(chance() * 14), starsTaken: Math.floor(chance() * 9), called: Math.floor(chance() * 4 * chance()),
      modules: Object.fromEntries(Array.from({ length: modules }, (_, n) => [n + 1, stands(n + 1)])), ...(chance() < .9 && { lastScore: 45 + Math.floor(chance() * 55) }), tutorAsked: 0, ...(!online && { lastSeenAt: '2025-11-03T10:00:00.000Z' }),
    }
  }
  const ask = (text: string, medianSeconds: number) => ({ state: 'closed' as const, openedAt: `2025-11-03T10:00:${medianSeconds}.000Z`, anonymous: false, text, answered: Math.round(count * .93), asked: count, medianSeconds })
  const online = Object.values(learners).filter((l) => l.online).length
  return { learners, prompts: { '0190-a': ask('What does a sensor feel?', 32), '0190-b': ask('Where would you put a soil sensor, and why there?', 41) }, modules: Object.fromEntries(TITLES.slice(0, modules).map((title, n) => [n + 1, { title }])), totals: { learners: count, online, answered: 0, passed: 0, stuck: 0 } }
}

export class Room {
  board: Board
  n = 0
  asked = 0
  refuses: string | null = null
  #socket: WebSocketRoute | null = null
  readonly cohortId: string
  constructor(board: Board, cohortId: string) {
    this.board = board
    this.cohortId = cohortId
  }

  /** From the next time that a page is opened, this actor's boards come from here; all else from the real server. */
  async serves(actor: Actor): Promise<void> {
    await actor.context.routeWebSocket(/\/socket\.io\//, (socket) => {
      const server = socket.connectToServer()
      this.#socket = socket
      socket.onMessage((said) => {
        const [, id, name] = /^42(\d+)\["(dashboard:\w+)"/.exec(String(said)) ?? []
        if (!id) { server.send(said); return }
        if (name === 'dashboard:watch') this.asked++
        const reply = this.refuses ? { ok: false, error: { code: this.refuses, message: 'This is for staff.' } } : { ok: true, data: name === 'dashboard:watch' ? { board: this.board, n: this.n, asOf: new Date().toISOString() } : {} }
        socket.send(`43${id}${JSON.stringify([reply])}`)
      })
      server.onMessage((said) => socket.send(said))
    })
  }

  /** Moves the board, and tells it, unless it is lost on the way. */
  moves(patch: object, lost = false): void {
    this.board = merged(this.board, patch) as Board
    this.n++
    if (!lost) this.#socket?.send(`42${JSON.stringify(['push', [['dashboard:patch', { at: new Date().toISOString(), body: { cohortId: this.cohortId, n: this.n, patch } }]]])}`)
  }
}
