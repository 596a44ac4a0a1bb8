// What somebody in class sees, and how it changes with what they hear: table of contents of the rooms' views. Pure and
// small, since a phone loads it: no schema is imported here.
import type { Told } from '#kernel/contract'
import type { Looker, View } from '#kernel/view'
import type { Pick } from './features/coldcall/contract.ts'
import { pick, type PromptView, prompts } from './features/coldcall/view.ts'
import { type Cohort, cohort, type Member, member, type Presence, presence } from './features/cohorts/view.ts'
import { type ModuleView, modules } from './features/progress/view.ts'
import { type Live, live } from './features/quizzes/view.ts'
import { type Session, session } from './features/sessions/view.ts'

/** What somebody in class sees. */
export type ClassView = {
  now: string
  cohort: Cohort
  member: Member | null
  session: Session | null
  prompts: PromptView[]
  pick: Pick | null
  modules: ModuleView[]
  live: Live | null
  presence: Presence
}

const views: readonly View<any>[] = [cohort, member, presence, modules, session, prompts, pick, live]

/** The class after one more push; the same object where nothing changed. */
export function heard(view: ClassView, [name, { body, at }]: Told<any>, looker: Looker): ClassView {
  // One's own stream is heard in all one's classes: what names another one is not for this picture.
  if (body?.cohortId !== undefined && body.cohortId !== view.cohort.cohortId) return view
  for (const { key, heard } of views) {
    const before = view[key as keyof ClassView]
    const after = heard(before, { name, body, at }, looker)
    if (after !== before) view = { ...view, [key]: after }
  }
  return view
}

/** Whether a push concerns something that was not heard of yet: keep it, and try again after the next one. */
export const isEarly = (view: ClassView, [name, { body, at }]: Told<any>): boolean =>
  views.some((v) => v.unknown?.(view[v.key as keyof ClassView], { name, body, at }) === true)
