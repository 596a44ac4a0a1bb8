// Where a quote stands in a passage, marked in what was written: it stands there word for word, signs of Markdown and all. Pure.

export const FROM = '\uE002'
export const TO = '\uE003'
/** What makes a line an item, a heading, a quotation or a row: the mark comes behind it. */
const LINE_SIGNS = /^(?:[ \t]*(?:[-*+>|]|#{1,6}|\d{1,9}[.)])[ \t]+)+/

/** The passage with signs around the quote; the passage alone where it is not in it. */
export function between(passage: string, quote: string): string {
  const bare = passage.replace(/[\uE002\uE003]/g, '')
  const at = quote === '' ? -1 : bare.indexOf(quote)
  if (at < 0) return bare
  const isLine = at === 0 || bare[at - 1] === '\n'
  const signs = isLine ? (LINE_SIGNS.exec(quote)?.[0].length ?? 0) : 0
  const end = at + quote.trimEnd().length
  return bare.slice(0, at + signs) + FROM + bare.slice(at + signs, end) + TO + bare.slice(end)
}
