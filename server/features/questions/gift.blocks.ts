// A GIFT file in blocks, one a question, each by its lines: blank lines stand between them, so one that is broken breaks no other. Pure.
export type Block = { lines: { n: number; text: string }[]; category: string | null; tags: string[]; id: string | null }

const CATEGORY = /^\s*\$CATEGORY:\s*(.*)$/
const COMMENT = /^\s*\/\//

/** The braces of a text that are none of the text: how many are open at its end, whether one opens, whether one closes before any opens. */
function braces(text: string): { open: number; opens: boolean; closesFirst: boolean } {
  let open = 0
  let opens = false
  let closesFirst = false
  for (const [mark] of text.matchAll(/\\.|[{}]/gs)) {
    if (mark === '{') {
      open++
      opens = true
    } else if (mark === '}') {
      closesFirst ||= !opens
      open--
    }
  }
  return { open, opens, closesFirst }
}

/** The blocks, in order. Comments are left out; what they say of id and tags (`[id:…] [tag:…]`) belongs to the question below. */
export function blocksOf(text: string): Block[] {
  const blocks: Block[] = []
  let category: string | null = null
  const fresh = (): Block => ({ lines: [], category, tags: [], id: null })
  let block = fresh()
  let open = 0
  let opens = false
  const close = () => {
    open = 0
    opens = false
    if (block.lines.length > 0) blocks.push(block)
    block = block.lines.length > 0 ? fresh() : { ...block, category }
  }
  text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/).forEach((line, i) => {
    const isWhole = opens && open <= 0
    const named = CATEGORY.exec(line)
    if (line.trim() === '') close()
    else if (COMMENT.test(line)) {
      if (isWhole) close()
      block.id = /\[id:([^\]]+)\]/.exec(line)?.[1]?.trim() ?? block.id
      block.tags.push(...[...line.matchAll(/\[tag:([^\]]+)\]/g)].map((m) => (m[1] as string).trim()))
    } else if (named) {
      close()
      category = categoryOf(named[1] as string)
      block.category = category
    } else {
      if (line.trimStart().startsWith('::') && isWhole) close()
      const b = braces(line)
      open += b.open
      opens ||= b.opens
      block.lines.push({ n: i + 1, text: line })
    }
  })
  close()
  return joined(blocks)
}

/** Where answers are opened and the block ends before they are closed, what follows belongs to it if it cannot be a question. */
function joined(blocks: readonly Block[]): Block[] {
  const whole: Block[] = []
  let open = 0
  for (const block of blocks) {
    const text = textOf(block)
    const b = braces(text)
    const last = open > 0 && (b.closesFirst || (!b.opens && /^\s*[=~#]/.test(text))) ? whole.at(-1) : undefined
    if (last) for (const line of block.lines) last.lines.push(line)
    else whole.push(block)
    open = (last ? open : 0) + b.open
  }
  return whole
}

export const textOf = (block: Block): string => block.lines.map((l) => l.text).join('\n')

/** `$course$/top/Module 1/Sensors` is the pool “Module 1/Sensors”; null where it says nothing. */
const categoryOf = (path: string): string | null => path.trim().replace(/^\$\w+\$\/?/, '').replace(/^top(\/|$)/, '').trim() || null
