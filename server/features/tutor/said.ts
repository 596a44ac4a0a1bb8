// An answer as it grows: what was said, in which pieces. Pure.

export type Said = { text: string; cuts: number[] }

/** One more piece; returns its place, from 1. */
export function grown(said: Said, piece: string): number {
  said.text += piece
  return said.cuts.push(said.text.length)
}

/** The pieces after the `after`th, each with its place. */
export const since = ({ text, cuts }: Said, after: number): { n: number; text: string }[] =>
  cuts.slice(after).map((end, i) => ({ n: after + i + 1, text: text.slice(after + i === 0 ? 0 : cuts[after + i - 1], end) }))

/** Who says an answer to those who hear it. */
export type Voice = { says(text: string): void; end(): void }
