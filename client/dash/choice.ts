// Choosing among many: one by one, or with shift everything from the last to this one.
export type Choice = { chosen: ReadonlySet<string>; anchor: string | null }

export const NOBODY: Choice = { chosen: new Set(), anchor: null }

/** With `range` all from the anchor to `id` become what the anchor is; without an anchor in sight it is only this one. */
export function choose({ chosen, anchor }: Choice, list: readonly string[], id: string, range: boolean): Choice {
  const next = new Set(chosen)
  const from = range && anchor !== null ? list.indexOf(anchor) : -1
  const to = list.indexOf(id)
  if (from < 0 || to < 0) {
    if (!next.delete(id)) next.add(id)
    return { chosen: next, anchor: id }
  }
  for (const one of list.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (chosen.has(anchor!)) next.add(one)
    else next.delete(one)
  }
  return { chosen: next, anchor: id }
}

/** All of a list, or none of it where all are chosen. */
export function chooseAll({ chosen, anchor }: Choice, list: readonly string[]): Choice {
  const every = list.every((id) => chosen.has(id))
  return { chosen: every ? new Set([...chosen].filter((id) => !list.includes(id))) : new Set([...chosen, ...list]), anchor }
}
