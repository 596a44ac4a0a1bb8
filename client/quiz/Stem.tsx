// What a question says: Markdown, as lessons write it.
import { useMemo } from 'react'
import { written } from '../reader/markdown.ts'
import { safe } from '../reader/safe.ts'

export function Stem({ text, language, className = '' }: { text: string; language: string; className?: string }) {
  const html = useMemo(() => safe(written([{ markdown: text }], { title: '', under: 2, folder: null })[0]?.html ?? ''), [text])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own reader, and cleaned
  return <div className={`lesson stem ${className}`} lang={language} dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
}
