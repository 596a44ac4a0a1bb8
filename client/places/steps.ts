// What the arrows do in a tree: where one goes, or what opens and closes (the tree pattern of ARIA). Pure.
import type { Row } from './tree.ts'

export type Step = { go: string | undefined } | { turn: string; open: boolean }

/** Undefined where the key is none of those. `key`: as if the language ran from left to right. */
export function stepOf(key: string, rows: readonly Row[], n: number): Step | undefined {
  const row = rows[n]
  if (!row) return undefined
  const open = row.is === 'place' ? row.open : null
  switch (key) {
    case 'ArrowDown': return { go: rows[n + 1]?.id }
    case 'ArrowUp': return { go: rows[n - 1]?.id }
    case 'Home': return { go: rows[0]?.id }
    case 'End': return { go: rows.at(-1)?.id }
    case 'ArrowRight': return open === false ? { turn: row.id, open: true } : { go: open ? rows[n + 1]?.id : undefined }
    case 'ArrowLeft': return open ? { turn: row.id, open: false } : { go: rows.slice(0, n).findLast((r) => r.level < row.level)?.id }
    default: return undefined
  }
}
