// Every key of the desk: what it does, and when it does something. Pure.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import type { StaffSays } from '../staff.tsx'

/** What stands on the desk now. `again`: what can be voted on again; `chosen`: how many pinned ones are not shown; `runs`: a quiz
 *  is run before the class. */
export type Desk = { prompt: PromptView | null; others: number; again: boolean; chosen: number; online: number; undo: boolean; leads: boolean; runs?: boolean }
export type Key = { key: string; says: StaffSays; /** Only who leads the class. */ lead: boolean; now(desk: Desk): boolean }
export type Group = { says: StaffSays; keys: Key[] }

const has = ({ prompt }: Desk) => prompt !== null && prompt.answers.length > 0
const is = (...states: PromptView['state'][]) => ({ prompt }: Desk) => prompt !== null && states.includes(prompt.state)
const left = ({ prompt }: Desk) => prompt?.answers.some((a) => !a.revealed && !a.hidden) ?? false
const key = (key: string, says: StaffSays, lead: boolean, now: Key['now']): Key => ({ key, says, lead, now })

export const GROUPS: Group[] = [
  { says: 'keys.answers', keys: [
    key('↑↓', 'key.move', false, has), key('P', 'key.pin', true, (d) => has(d) && left(d)), key('G', 'key.star', true, has), key('H', 'key.hide', true, has),
    key('L', 'key.spot', true, (d) => is('revealed')(d) && has(d)), key('N', 'key.fresh', false, () => false), key('/', 'key.search', false, has),
  ] },
  { says: 'keys.board', keys: [
    key('R', 'key.reveal', true, (d) => left(d)), key('⇧R', 'key.pinned', true, (d) => d.chosen > 0), key('E', 'key.close', true, is('open', 'closed')),
    key('T', 'key.time', true, (d) => is('open')(d) && d.prompt!.closesAt !== null), key('V', 'key.again', true, (d) => d.again), key('X', 'key.cancel', true, () => false),
    key('B', 'key.beside', false, (d) => d.others > 1), key('⇧N', 'key.run.next', true, (d) => d.runs === true),
  ] },
  { says: 'keys.room', keys: [
    key('C', 'key.call', true, (d) => d.online > 0), key('F', 'key.fair', false, () => false), key('O', 'key.next', true, () => true), key('Q', 'key.prepared', true, () => true), key('⇧Q', 'key.run', true, (d) => !d.runs && d.prompt === null), key('Ctrl ↵', 'key.put', true, () => false),
    key('Z', 'key.undo', true, (d) => d.undo), key('?', 'key.all', false, () => false),
  ] },
]

/** The groups as they are for this person; none that is empty. */
export const mine = (leads: boolean): Group[] => GROUPS.map((g) => ({ ...g, keys: g.keys.filter((k) => leads || !k.lead) })).filter((g) => g.keys.length > 0)

/** What can be done now. */
export const now = (desk: Desk): Key[] => mine(desk.leads).flatMap((g) => g.keys).filter((k) => k.now(desk))
