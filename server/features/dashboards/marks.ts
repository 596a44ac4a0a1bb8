// What of a board may have changed: marked by what was told to the class, read again together. Where a push does not say whom it
// concerns, everybody is marked. Pure.
import type { Told } from '#kernel/contract'

export type Marks = { members: Set<string> | 'all'; prompts: Set<string> | 'all'; presence: boolean }

export const nothing = (): Marks => ({ members: new Set(), prompts: new Set(), presence: false })
export const everything = (): Marks => ({ members: 'all', prompts: 'all', presence: true })
export const isNothing = ({ members, prompts, presence }: Marks): boolean => !presence && members !== 'all' && members.size === 0 && prompts !== 'all' && prompts.size === 0

export function member(marks: Marks, memberId: string): void {
  if (marks.members !== 'all') marks.members.add(memberId)
}
function prompt(marks: Marks, promptId: string): void {
  if (marks.prompts !== 'all') marks.prompts.add(promptId)
}
function everybody(marks: Marks): void {
  marks.members = 'all'
}
const neither = () => {}

/** By the name of a push: what it marks. One that is not here marks everything. */
const HEARD: Record<string, (marks: Marks, body: any) => void> = {
  'coldcall:opened'(marks) { // the oldest of the fifty leaves
    everybody(marks)
    marks.prompts = 'all'
  },
  'coldcall:cancelled'(marks) {
    everybody(marks)
    marks.prompts = 'all'
  },
  'coldcall:answered'(marks, { promptId, answers }: { promptId: string; answers: { author: { memberId: string } | null }[] }) {
    prompt(marks, promptId)
    for (const { author } of answers) if (author) member(marks, author.memberId) // an anonymous answer counts for nobody
  },
  'coldcall:closed': (marks, body) => prompt(marks, body.promptId),
  'coldcall:reopened': (marks, body) => prompt(marks, body.promptId),
  'coldcall:revealed': (marks, body) => prompt(marks, body.promptId),
  'coldcall:starred': everybody, // who took one back is not said
  'coldcall:noted': everybody,
  'coldcall:picked': (marks, body) => member(marks, body.member.memberId),
  'coldcall:passed': (marks, body) => member(marks, body.member.memberId),
  'quiz:submitted': (marks, body) => member(marks, body.memberId),
  'tutor:counted': (marks, body) => member(marks, body.memberId),
  'module:moved': (marks, body: { members: { memberId: string }[] }) => { for (const m of body.members) member(marks, m.memberId) },
  'coldcall:extended': neither, 'coldcall:extra': neither, 'coldcall:hidden': neither, 'coldcall:spotlit': neither, 'coldcall:correct': neither,
  'session:started': neither, 'session:ended': neither, 'quiz:live': neither, 'tutor:limits': neither, 'tutor:passed': neither, 'groups:changed': neither,
}

/** Marks what a push to the class or its staff concerns. */
export function heard(marks: Marks, [name, { body }]: Told<any>): void {
  const known = HEARD[name]
  if (known) known(marks, body)
  else Object.assign(marks, everything())
}
