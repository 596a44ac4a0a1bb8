// Where things lie: columns of batches in the picture, rows that are in sight of a long list, points of a line.
import type { Batch } from './order.ts'

export const ROW = 30
export const STEP = 34
const GAP = 8
const LEAST = 1.5
const MOST = 14
/** A column is never narrower than a finger's or a pointer's least target. */
const NARROW = 24

export type Column = { x: number; width: number; strand: number }
export type Shape = { columns: readonly Column[]; width: number; height: number }

/** Lays the batches side by side into `room` pixels; wider than that where strands would vanish, and then it scrolls. */
export function shapeOf(batches: readonly Batch[], modules: number, room: number): Shape {
  const learners = batches.reduce((sum, b) => sum + b.strands.length, 0)
  const strand = Math.min(MOST, Math.max(LEAST, (room - GAP * (batches.length - 1)) / Math.max(1, learners)))
  let x = 0
  const columns = batches.map(({ strands }) => {
    const width = Math.max(NARROW, strands.length * strand)
    const column = { x, width, strand: width / Math.max(1, strands.length) }
    x += width + GAP
    return column
  })
  return { columns, width: Math.max(0, x - GAP), height: Math.max(0, modules * STEP - (STEP - ROW)) }
}

/** The column at a place of the picture; the nearest. */
export function columnAt(columns: readonly Column[], x: number): number {
  const past = columns.findIndex((c) => x < c.x + c.width + GAP / 2)
  return past < 0 ? columns.length - 1 : past
}

/** Which rows of a long list are in sight, with some before and after. */
export function inSight(scrolled: number, height: number, row: number, count: number, more = 10): { from: number; to: number } {
  const from = Math.max(0, Math.min(count, Math.floor(scrolled / row) - more))
  return { from, to: Math.min(count, Math.ceil((scrolled + height) / row) + more) }
}

/** Shares (0–1) over time as points; the scale begins at the lowest quarter below them. */
export function lineOf(shares: readonly number[], width: number, height: number): { floor: number; points: [number, number][]; lowest: number } {
  const floor = Math.min(.75, Math.floor(Math.min(1, ...shares) * 4) / 4)
  const step = shares.length > 1 ? width / (shares.length - 1) : 0
  const points = shares.map((share, n): [number, number] => [shares.length > 1 ? n * step : width, height * (1 - (share - floor) / (1 - floor))])
  return { floor, points, lowest: shares.indexOf(Math.min(...shares)) }
}

/** Where a question lies in the picture: how many got it right (0–1) over how well it tells apart (−0.5–1; what is below lies at its floor). */
export const placed = (right: number, tells: number, width: number, height: number): { x: number; y: number } => ({ x: right * width, y: height * (1 - (Math.max(-.5, Math.min(1, tells)) + .5) / 1.5) })
