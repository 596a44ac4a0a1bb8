// A class code as people give it: typed in any case and spacing, read off a wall, or inside the link that was sent round.

/** The code in what was typed or pasted, as it is written on the Screen: `ROCKET 7245`. */
export function codeIn(typed: string): string {
  const [, pasted] = /\/join\/([^/?#\s]+)/i.exec(typed) ?? []
  const code = pasted === undefined ? typed : spoken(pasted)
  return code.toUpperCase().replace(/^[\s_-]*([A-Z]+)[\s_-]*(\d+)[\s_-]*$/, '$1 $2')
}

/** The same, however it is spaced: to know it again. */
export const sameCode = (code: string): string => codeIn(code).replace(/[\s_-]+/g, '')

function spoken(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
