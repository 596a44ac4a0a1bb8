// Suggestions about a topic as trees: where one may be put. Pure.

export type Node = { suggestionId: string; parentId: string | null; position: number; prompt: string }

/** Whether putting this one under that one would make a circle: it is the same, or stands below it. */
export function isCircle(all: readonly Node[], suggestionId: string, parentId: string | null): boolean {
  const parents = new Map(all.map((n) => [n.suggestionId, n.parentId]))
  for (let at = parentId; at !== null; at = parents.get(at) ?? null) if (at === suggestionId) return true
  return false
}

/** The places of those under a parent once this one stands at `position` among them, or last: which one has which, from 1 without gaps. */
export function placed(all: readonly Node[], suggestionId: string, parentId: string | null, position: number | undefined): Map<string, number> {
  const others = all.filter((n) => n.parentId === parentId && n.suggestionId !== suggestionId).sort((a, b) => a.position - b.position).map((n) => n.suggestionId)
  others.splice(Math.min(Math.max(0, (position ?? others.length + 1) - 1), others.length), 0, suggestionId)
  return new Map(others.map((id, i) => [id, i + 1]))
}
