// A passage with the words that were quoted from it marked. The quote stands word for word in what was written, signs of Markdown and
// all, so its ends are marked there, and what lies between them is marked in the page.
import { written } from '../reader/markdown.ts'
import { safe } from '../reader/safe.ts'
import { between, FROM, TO } from './quoted.ts'

/** Into HTML that is clean. */
export function marked(passage: string, quote: string): string {
  const page = document.createElement('template')
  page.innerHTML = safe(written([{ markdown: '' }, { markdown: between(passage, quote) }], { title: '', under: 2, folder: null })[1]?.html ?? '')
  for (const e of page.content.querySelectorAll('[id]')) e.removeAttribute('id')
  const walker = document.createTreeWalker(page.content, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  let inside = false
  for (const text of texts) {
    const parts = text.data.split(/([\uE002\uE003])/).flatMap((part): (string | Node)[] => {
      if (part === FROM || part === TO) { inside = part === FROM; return [] }
      if (!inside || part.trim() === '') return [part]
      const mark = document.createElement('mark')
      mark.textContent = part
      return [mark]
    })
    text.replaceWith(...parts)
  }
  return page.innerHTML
}
