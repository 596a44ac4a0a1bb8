// The picture on its canvas: a run of strands that stand alike is one rectangle, hairlines part the strands where there is room.
import type { State } from './board.ts'
import type { Batch } from './order.ts'
import { ROW, type Shape, STEP } from './shape.ts'

export type Colours = Record<State, string> & { hair: string }

const BIGGEST = 16_000

/** The colours as they are now: they differ by day and night. */
export function coloursOf(element: Element): Colours {
  const style = getComputedStyle(element)
  const of = (name: string) => style.getPropertyValue(name).trim()
  return { locked: of('--heat-locked'), unlocked: of('--heat-open'), begun: of('--heat-begun'), passed: of('--heat-passed'), stuck: of('--heat-stuck'), hair: of('--sheet') }
}

/** Paints all of it; from right to left where the language runs so. */
export function paint(canvas: HTMLCanvasElement, batches: readonly Batch[], modules: readonly string[], { columns, width, height }: Shape, colours: Colours, mirrored: boolean): void {
  const scale = Math.min(devicePixelRatio || 1, BIGGEST / Math.max(1, width))
  const [w, h] = [Math.round(width * scale), Math.round(height * scale)]
  if (canvas.width !== w || canvas.height !== h) { canvas.width = w; canvas.height = h }
  const to = canvas.getContext('2d')
  if (!to) return
  to.setTransform(mirrored ? -scale : scale, 0, 0, scale, mirrored ? w : 0, 0)
  to.clearRect(0, 0, width, height)
  columns.forEach((column, n) => {
    const { strands } = batches[n]!
    modules.forEach((moduleNo, row) => {
      for (let from = 0; from < strands.length;) {
        const state = strands[from]!.modules[moduleNo] ?? 'locked'
        let end = from + 1
        while (end < strands.length && (strands[end]!.modules[moduleNo] ?? 'locked') === state) end++
        to.fillStyle = colours[state]
        to.fillRect(column.x + from * column.strand, row * STEP, (end - from) * column.strand, ROW)
        from = end
      }
    })
    if (column.strand < 2.2) return
    to.fillStyle = colours.hair
    to.globalAlpha = .42
    for (let i = 1; i < strands.length; i++) to.fillRect(column.x + i * column.strand - .5, 0, .5, height)
    to.globalAlpha = 1
  })
}
