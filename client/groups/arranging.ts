// Groups as they are arranged by hand before they are asked for. Pure.
import type { GroupsSeen, Kept } from './wire.ts'

/** The groups as they may be put back. */
export const asKept = (groups: GroupsSeen['groups']): Kept[] => groups.map(({ groupId, name, renamed, answers }) => ({ groupId, name, renamed, answers }))

/** These answers in this group, out of wherever they are; a group that is left empty goes. */
export const moved = (groups: GroupsSeen['groups'], answers: readonly string[], into: string): Kept[] =>
  asKept(groups).map((g) => ({ ...g, answers: [...g.answers.filter((a) => !answers.includes(a)), ...(g.groupId === into ? answers : [])] })).filter((g) => g.answers.length > 0)
