// What is made of the samples: one ratio a run, their median and range, and how that stands to the goal.
export type Sample = Record<string, number>
/** Lectern's `metric` over `against`'s; by itself where that is null. `most`: the goal; null where the rival is only reported beside. */
export type Goal = { metric: string; against: string | null; most: number | null }
/** One run: what each side took, by metric. */
export type Run = Record<string, Sample>
export type Line = Goal & { work: string; ours: number; theirs: number; ratios: number[]; median: number; least: number; greatest: number; met: boolean | null }

export const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? (sorted[middle] as number) : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}

export function lineOf(work: string, goal: Goal, runs: readonly Run[]): Line {
  const ours = runs.map((r) => r.lectern?.[goal.metric] as number)
  const theirs = runs.map((r) => (goal.against === null ? 1 : (r[goal.against]?.[goal.metric] as number)))
  const ratios = ours.map((o, i) => o / (theirs[i] as number))
  const middle = median(ratios)
  return { ...goal, work, ours: median(ours), theirs: median(theirs), ratios, median: middle, least: Math.min(...ratios), greatest: Math.max(...ratios), met: goal.most === null ? null : middle <= goal.most }
}

const HEAD = ['', 'measured', 'against', 'ours', 'theirs', 'ratio', 'range', 'goal', '']

/** The table, as Markdown. */
export function table(lines: readonly Line[]): string {
  const rows = lines.map((l) => [
    l.work, l.metric, ...(l.against === null ? ['—', short(l.ours), '—', '—', `${short(l.least)}–${short(l.greatest)}`]
      : [l.against, short(l.ours), short(l.theirs), l.median.toFixed(3), `${l.least.toFixed(3)}–${l.greatest.toFixed(3)}`]),
    l.most === null ? '—' : `≤ ${l.against === null ? short(l.most) : l.most.toFixed(2)}`, l.met === null ? 'beside' : l.met ? 'met' : `missed by ${Math.round((l.median / (l.most as number) - 1) * 100)} %`,
  ])
  const wide = HEAD.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] as string).length)))
  const row = (cells: string[]) => `| ${cells.map((c, i) => c.padEnd(wide[i] as number)).join(' | ')} |`
  return [row(HEAD), row(wide.map((w) => '-'.repeat(w))), ...rows.map(row)].join('\n')
}

const short = (n: number) => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2))
