// One block of an answer as it goes into the page: read as Markdown, cleaned, and only then given what we add ourselves: buttons for
// the marks of its sources, a button to copy code, and formulas. What is added stands in texts only, never in what a tag says.
import { written } from '../reader/markdown.ts'
import { safe } from '../reader/safe.ts'
import { type Formula, PLACE } from './formulas.ts'
import { mathematics } from './mathematics.ts'

/** `sources`: what each mark is called; `waits`: more sources may come. `copy`: what the button says. */
export type Around = { formulas: readonly Formula[]; sources: ReadonlyMap<number, string>; waits: boolean; copy: string }
/** A mark stays on the line of the word that it stands behind. */
const GLUE = '\u2060'
const NOTHING = /(?!)/
const MARK = /\[(\d{1,2})\]/g

export function shown(markdown: string, around: Around): string {
  // The second of two, so that no heading of it is taken for the title.
  const page = document.createElement('template')
  page.innerHTML = safe(written([{ markdown: '' }, { markdown }], { title: '', under: 2, folder: null })[1]?.html ?? '')
  for (const e of page.content.querySelectorAll('[id]')) e.removeAttribute('id')
  for (const text of textsIn(page.content)) {
    const plain = text.parentElement?.closest('pre, code, a') != null
    const parts = plain ? formulasIn([text.data], around) : formulasIn(marksIn(text.data, around), around)
    if (parts.length > 1 || typeof parts[0] !== 'string') text.replaceWith(...parts)
  }
  for (const pre of page.content.querySelectorAll('pre')) copied(pre, around.copy)
  return page.innerHTML
}

function textsIn(page: DocumentFragment): Text[] {
  const walker = document.createTreeWalker(page, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts
}

type Part = string | Element
/** What stands between matches, and what `make` makes of each. */
function replaced(text: string, what: RegExp, make: (n: number) => Element | null, glue: RegExp = NOTHING): Part[] {
  const parts: Part[] = []
  let at = 0
  for (const m of text.matchAll(what)) {
    const made = make(Number(m[1]))
    if (!made) continue
    parts.push(text.slice(at, m.index).replace(glue, GLUE), made)
    at = m.index + m[0].length
  }
  return [...parts, text.slice(at)].filter((p) => p !== '')
}

const marksIn = (text: string, { sources, waits }: Around): Part[] => replaced(text, MARK, (n) => {
  const title = sources.get(n)
  if (title === undefined && !waits) return null
  const mark = document.createElement(title === undefined ? 'span' : 'button')
  mark.className = 'cite'
  mark.textContent = String(n)
  if (title !== undefined) { mark.setAttribute('type', 'button'); mark.dataset.source = String(n); mark.setAttribute('aria-label', title) }
  return mark
}, / ?$/)

const formulasIn = (parts: Part[], { formulas }: Around): Part[] => parts.flatMap((part) => (typeof part !== 'string' ? [part] : replaced(part, PLACE, (n) => {
  const formula = formulas[n]
  return formula ? (mathematics(formula) ?? asWritten(formula)) : null
})))

/** A formula as it was written: TeX, in code. */
function asWritten({ tex, alone }: Formula): Element {
  const code = document.createElement('code')
  code.className = alone ? 'formula alone' : 'formula'
  code.dir = 'ltr'
  code.textContent = tex
  return code
}

function copied(pre: HTMLPreElement, says: string): void {
  const frame = document.createElement('div')
  frame.className = 'code-of'
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy-code'
  button.dataset.copy = ''
  button.textContent = says
  pre.replaceWith(frame)
  frame.append(pre, button)
}
