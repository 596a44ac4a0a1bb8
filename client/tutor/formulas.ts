// Mathematics in a text: found before the Markdown is read, which would take its signs for its own, and put back afterwards. Pure.
// `$…$` and `\(…\)` stand in a line, `$$…$$` and `\[…\]` by themselves; code is left as it is, and so are sums of money.

export type Formula = { tex: string; alone: boolean }
export type Lifted = { text: string; formulas: Formula[] }

const OPEN = '\uE000'
const SHUT = '\uE001'
/** What stands for the nth formula. */
export const PLACE = /\uE000(\d+)\uE001/g
const KINDS = [
  '(?:^|\\n)[ \\t]*(?<fence>`{3,}|~{3,})[\\s\\S]*?(?:\\n[ \\t]*\\k<fence>|$)', // fenced code, to its end
  '(?<tick>`+)(?!`)[\\s\\S]*?[^`]\\k<tick>(?!`)', // code in a line
  '\\\\\\$', // a dollar that is one
  '\\$\\$(?<a>[\\s\\S]+?)(?:\\$\\$|$)',
  '\\\\\\[(?<b>[\\s\\S]+?)(?:\\\\\\]|$)',
  '\\\\\\((?<c>[^\\n]+?)\\\\\\)',
  '\\$(?<d>(?=\\S)(?:\\\\.|[^$\\n\\\\])*?\\S)\\$(?!\\d)',
]
const WHERE = new RegExp(KINDS.join('|'), 'g')

/** Takes the formulas out of a text; what ends with it unfinished counts as if it were whole, since more is to come. */
export function lifted(text: string): Lifted {
  const formulas: Formula[] = []
  const bare = text.replace(/[\uE000\uE001]/g, '').replace(WHERE, (whole, ...rest) => {
    const { a, b, c, d } = rest.at(-1) as Record<string, string | undefined>
    const tex = a ?? b ?? c ?? d
    if (tex === undefined || (d !== undefined && !isFormula(d))) return whole
    return `${OPEN}${formulas.push({ tex: tex.trim(), alone: (a ?? b) !== undefined }) - 1}${SHUT}`
  })
  return { text: bare, formulas }
}

/** Whether what stands between two dollars is a formula, and not what two things cost. */
const isFormula = (tex: string) => !/^\d[\d.,]*\s+\p{L}{2,}/u.test(tex)
