// What a button of the toolbar makes of the selection in a Markdown text. Pure, but for `typed`, which puts it into the field so that
// the browser's own undo knows of it.

export type Tool = 'bold' | 'italic' | 'code' | 'link' | 'list' | 'heading'
export const TOOLS: Tool[] = ['bold', 'italic', 'heading', 'list', 'link', 'code']
/** With Ctrl or ⌘. */
export const KEYS: Partial<Record<string, Tool>> = { b: 'bold', i: 'italic', k: 'link' }
/** What stands from `from` to `to` becomes `text`; then `select` is selected, counted from its beginning. */
export type Edit = { from: number; to: number; text: string; select: [number, number] }
const MARKS = { bold: '**', italic: '*', code: '`' } as const

export function edited(tool: Tool, all: string, start: number, end: number): Edit {
  if (tool === 'list') return lines(all, start, end, (line) => (/^\s*[-*] /.test(line) ? line.replace(/^(\s*)[-*] /, '$1') : `- ${line}`))
  if (tool === 'heading') return lines(all, start, end, (line) => (/^## /.test(line) ? line.slice(3) : `## ${line.replace(/^#+ /, '')}`))
  const chosen = all.slice(start, end)
  if (tool === 'link') return { from: start, to: end, text: `[${chosen}](https://)`, select: chosen ? [chosen.length + 3, chosen.length + 11] : [1, 1] }
  if (tool === 'code' && chosen.includes('\n')) return { from: start, to: end, text: `\`\`\`\n${chosen}\n\`\`\``, select: [4, 4 + chosen.length] }
  return marked(MARKS[tool], all, start, end)
}

/** Puts the mark around it, or takes it away. */
function marked(mark: string, all: string, start: number, end: number): Edit {
  const n = mark.length
  const chosen = all.slice(start, end)
  const isOne = (at: number) => mark !== '*' || (all[at - 1] !== '*' && all[at + 1] !== '*')
  if (all.slice(start - n, start) === mark && all.slice(end, end + n) === mark && isOne(start - 1) && isOne(end)) return { from: start - n, to: end + n, text: chosen, select: [0, chosen.length] }
  return { from: start, to: end, text: `${mark}${chosen}${mark}`, select: [n, n + chosen.length] }
}

function lines(all: string, start: number, end: number, each: (line: string) => string): Edit {
  const from = all.lastIndexOf('\n', start - 1) + 1
  const next = all.indexOf('\n', end)
  const to = next < 0 ? all.length : next
  const text = all.slice(from, to).split('\n').map(each).join('\n')
  return { from, to, text, select: start === end ? [text.length, text.length] : [0, text.length] }
}

export function typed(field: HTMLTextAreaElement, { from, to, text, select }: Edit): void {
  field.focus()
  field.setSelectionRange(from, to)
  if (!document.execCommand('insertText', false, text) && field.value.slice(from, from + text.length) !== text) {
    field.setRangeText(text, from, to)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  field.setSelectionRange(from + select[0], from + select[1])
}
