// The marks [n] of an answer while it streams: each names a passage that was shown for this answer, or it is dropped. What stands in
// code is code, and stays. Pure.

const MOST = 24
const MARK = /^\[(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\]$/
const MAY_BE = /^\[[\d\s,;]*$/

export type Marks = {
  /** What may be said now of what came; the rest waits for what follows. */
  take(piece: string): string
  /** What is left, when nothing follows. */
  end(): string
  /** The passages that were named so far, in that order. */
  named(): number[]
}

/** `known`: the passages are numbered from 1 to this. */
export function openMarks(known: number): Marks {
  const named: number[] = []
  let held = ''
  let code = 0

  function settled(mark: string): string {
    const all = MARK.exec(mark)?.[1]?.split(/[,;]/).map(Number)
    if (!all) return mark
    const there = all.filter((n) => n >= 1 && n <= known)
    for (const n of there) if (!named.includes(n)) named.push(n)
    return there.map((n) => `[${n}]`).join('')
  }

  function run(text: string, isEnd: boolean): string {
    let out = ''
    let i = 0
    while (i < text.length) {
      const c = text[i] as string
      if (c === '`') {
        let to = i
        while (text[to] === '`') to++
        if (to === text.length && !isEnd) break
        const ticks = to - i
        code = code === 0 ? ticks : code === ticks ? 0 : code
        out += text.slice(i, to)
        i = to
      } else if (code === 0 && (c === '[' || (c === ' ' && (i + 1 === text.length || text[i + 1] === '[')))) {
        const from = c === ' ' ? i + 1 : i
        const close = text.indexOf(']', from)
        const mark = text.slice(from, close < 0 ? undefined : close + 1)
        if (close < 0 && !isEnd && mark.length <= MOST && (mark === '' || MAY_BE.test(mark))) break
        if (!MARK.test(mark)) {
          out += text.slice(i, from + 1)
          i = from + 1
          continue
        }
        const said = settled(mark)
        out += said === '' ? '' : text.slice(i, from) + said
        i = close + 1
      } else if (i === text.length - 1 && isHigh(c) && !isEnd) break
      else {
        out += c
        i++
      }
    }
    held = text.slice(i)
    return out
  }

  return {
    take: (piece) => run(held + piece, false),
    end() {
      const out = run(held, true) + held
      held = ''
      return out.toWellFormed()
    },
    named: () => [...named],
  }
}

/** The first half of a character that takes two units: its other half is still to come. */
const isHigh = (c: string) => c >= '\ud800' && c <= '\udbff'
