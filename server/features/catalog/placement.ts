// Where the topics of a course stand when it is imported again: each keeps its identity by the file that it came from. A
// folder that was renamed keeps its topic; one that is gone leaves its topic behind, after the others. A topic that an author took
// out of the course stands nowhere; its file puts it back. Pure.

export type Standing = { topicId: string; moduleNo: number | null; topicNumber: number; sourcePath: string | null }
export type Wanted = { sourcePath: string; moduleNo: number; topicNumber: number }
export type Move = Wanted & { topicId: string }
/** `moves`: topics that change their place or their file. `refused`: files that find no place, with the reason.
 *  `gone`: topics whose file is no longer there. */
export type Placement = { moves: Move[]; refused: Map<string, string>; gone: Standing[] }

const spot = (t: { moduleNo: number | null; topicNumber: number }) => `${t.moduleNo}.${t.topicNumber}`

/** Finds a place for each file that is wanted among the topics that stand there. `unread`: files that are there but could
 *  not be used this time; their topics stay as they are. */
export function place(standing: readonly Standing[], wanted: readonly Wanted[], unread: ReadonlySet<string>): Placement {
  const byPath = new Map(standing.filter((t) => t.sourcePath !== null).map((t) => [t.sourcePath as string, t]))
  const at = new Map(standing.map((t) => [spot(t), t]))
  const refused = refusals(standing.filter((t) => t.moduleNo !== null && (t.sourcePath === null || unread.has(t.sourcePath))), wanted, byPath)
  const coming = wanted.filter((w) => !refused.has(w.sourcePath))
  const named = new Set(wanted.map((w) => w.sourcePath))
  const isGone = (t: Standing): t is Standing & { moduleNo: number } => t.moduleNo !== null && t.sourcePath !== null && !named.has(t.sourcePath) && !unread.has(t.sourcePath)

  const renamed = new Map<string, Standing>()
  for (const w of coming) {
    const there = at.get(spot(w))
    if (!byPath.has(w.sourcePath) && there && isGone(there)) renamed.set(w.sourcePath, there)
  }
  const moves = coming.flatMap((w): Move[] => {
    const known = byPath.get(w.sourcePath) ?? renamed.get(w.sourcePath)
    return known && (spot(known) !== spot(w) || known.sourcePath !== w.sourcePath) ? [{ ...w, topicId: known.topicId }] : []
  })

  const kept = new Set([...renamed.values()].map((t) => t.topicId))
  const gone = standing.filter(isGone).filter((t) => !kept.has(t.topicId))
  const filled = new Set(coming.map(spot))
  const last = (moduleNo: number) => Math.max(0, ...[...standing, ...coming, ...moves].filter((t) => t.moduleNo === moduleNo).map((t) => t.topicNumber))
  for (const t of gone) {
    if (filled.has(spot(t))) moves.push({ topicId: t.topicId, sourcePath: t.sourcePath as string, moduleNo: t.moduleNo, topicNumber: last(t.moduleNo) + 1 })
  }
  return { moves, refused, gone }
}

/** Some topics keep their place; so does one whose own new place is taken by such a topic. */
function refusals(staying: readonly Standing[], wanted: readonly Wanted[], byPath: ReadonlyMap<string, Standing>): Map<string, string> {
  const fixed = new Set(staying.map(spot))
  const refused = new Map<string, string>()
  for (let before = -1; before !== refused.size;) {
    before = refused.size
    for (const w of wanted) {
      const stays = byPath.get(w.sourcePath)
      if (refused.has(w.sourcePath) || !fixed.has(spot(w)) || (stays && spot(stays) === spot(w))) continue
      refused.set(w.sourcePath, `module ${w.moduleNo} has another topic ${w.topicNumber} already, which this file did not make`)
      if (stays) fixed.add(spot(stays))
    }
  }
  return refused
}
