// Letters that are typed in a list go to the next row whose name begins with them.
import type { Row } from './tree.ts'

const TOGETHER = 700

/** Remembers what was typed within a moment, and nothing beyond another key; the same letter again goes to the next one. */
export function typeahead(now: () => number = () => performance.now()) {
  let typed = ''
  let last = Number.NEGATIVE_INFINITY
  return {
    forget() { typed = '' },
    find(letter: string, rows: readonly Row[], at: number): string | undefined {
      const together = now() - last < TOGETHER
      last = now()
      typed = (together ? typed : '') + letter.toLocaleLowerCase()
      const wanted = [...new Set(typed)].length === 1 ? typed[0]! : typed
      const from = wanted.length > 1 ? at : at + 1
      const turned = [...rows.slice(from), ...rows.slice(0, from)]
      return turned.find((r) => r.is === 'place' && r.place.name.toLocaleLowerCase().startsWith(wanted))?.id
    },
  }
}
