// A table for a terminal: columns as wide as their widest cell, two spaces apart, the last one ragged. Pure.

/** The rows under their heads; an empty head is left blank. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const width = heads.map((h, i) => Math.max(h.length, ...rows.map((r) => (r[i] ?? '').length)))
  const line = (cells: readonly string[]) => cells.map((c, i) => (i === heads.length - 1 ? c : c.padEnd(width[i] as number))).join('  ').trimEnd()
  return [...(heads.some(Boolean) ? [line(heads)] : []), ...rows.map(line)].join('\n')
}
