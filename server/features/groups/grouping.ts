// The groups of a prompt as they are put right by hand: named, put together, parted. Pure.
import { notFound, refuse, type Refused } from '#kernel/refusals'

export type Kept = { groupId: string; name: string; renamed: boolean; answers: string[] }
export type Grouping = { groups: Kept[]; loose: string[] }

const largestFirst = (groups: readonly Kept[]): Kept[] => groups.filter((g) => g.answers.length > 0).sort((a, b) => b.answers.length - a.answers.length || (a.groupId < b.groupId ? -1 : 1))

/** Only what may be seen now: answers that were hidden since are in no group, answers that are in none are loose. */
export function current({ groups, loose }: Grouping, there: ReadonlySet<string>): Grouping {
  const left = largestFirst(groups.map((g) => ({ ...g, answers: g.answers.filter((a) => there.has(a)) })))
  const grouped = new Set(left.flatMap((g) => g.answers))
  const others = [...there].filter((a) => !grouped.has(a) && !loose.includes(a)).sort()
  return { groups: left, loose: [...loose.filter((a) => there.has(a) && !grouped.has(a)), ...others] }
}

export function renamed(g: Grouping, groupId: string, name: string): Grouping | Refused<'not_found'> {
  if (!g.groups.some((o) => o.groupId === groupId)) return notFound('group')
  return { ...g, groups: g.groups.map((o) => (o.groupId === groupId ? { ...o, name, renamed: true } : o)) }
}

/** The answers of the others go into this one; it keeps its name, unless nobody gave it one and somebody named another. */
export function merged(g: Grouping, groupId: string, others: readonly string[]): Grouping | Refused<'not_found' | 'bad_request'> {
  const into = g.groups.find((o) => o.groupId === groupId)
  const from = others.map((id) => g.groups.find((o) => o.groupId === id))
  if (!into || from.some((o) => o === undefined)) return notFound('group')
  if (others.includes(groupId)) return refuse('bad_request', 'A group cannot be put into itself.')
  const named = into.renamed ? into : ((from as Kept[]).find((o) => o.renamed) ?? into)
  const both: Kept = { groupId, name: named.name, renamed: named.renamed, answers: [...into.answers, ...(from as Kept[]).flatMap((o) => o.answers)] }
  return { ...g, groups: largestFirst(g.groups.flatMap((o) => (o.groupId === groupId ? [both] : others.includes(o.groupId) ? [] : [o]))) }
}

/** These answers make a group of their own, out of wherever they are; groups that are left empty go. */
export function split(g: Grouping, made: Omit<Kept, 'renamed'>, isNamed: boolean): Grouping | Refused<'not_found'> {
  const there = new Set([...g.groups.flatMap((o) => o.answers), ...g.loose])
  if (made.answers.some((a) => !there.has(a))) return notFound('answer among these')
  const taken = new Set(made.answers)
  const left = g.groups.map((o) => ({ ...o, answers: o.answers.filter((a) => !taken.has(a)) }))
  return { groups: largestFirst([...left, { ...made, renamed: isNamed }]), loose: g.loose.filter((a) => !taken.has(a)) }
}


/** These groups and no others; what is in none of them is loose. What was hidden since stays out. */
export function arranged(g: Grouping, groups: readonly Kept[]): Grouping | Refused<'bad_request'> {
  const all = groups.flatMap((o) => o.answers)
  if (new Set(all).size < all.length) return refuse('bad_request', 'An answer is in one group only.')
  if (new Set(groups.map((o) => o.groupId)).size < groups.length) return refuse('bad_request', 'Each group comes once.')
  const there = new Set([...g.groups.flatMap((o) => o.answers), ...g.loose])
  return current({ groups: [...groups], loose: [] }, there)
}
