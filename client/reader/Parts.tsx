// The blocks of a lesson, in order. What is to be said of a translation is said once a page, where it first is true. Nothing of
// another site is fetched: what stands there is a link.
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { Icon } from '../parts/Icons.tsx'
import { safe } from './safe.ts'
import { dirOf, isSame, nameOf } from './tongue.ts'
import type { Block, Topic } from './wire.ts'
import { useReaderWords } from './words.tsx'
import type { Written } from './markdown.ts'

type Note = 'ai' | 'stale' | 'foreign'

/** For which block each note is said: the first of which it is true. `wanted`: the language that one reads in. */
export function notesOf(blocks: readonly Block[], wanted: string): Map<Block, Note[]> {
  const there = blocks.filter((b) => !b.missing)
  const first: [Note, Block | undefined][] = [
    ['foreign', there.find((b) => !isSame(b.language, wanted))], ['ai', there.find((b) => b.translated === 'ai')], ['stale', there.find((b) => b.stale && b.translated !== 'no')],
  ]
  const notes = new Map<Block, Note[]>()
  for (const [note, block] of first) if (block) notes.set(block, [...(notes.get(block) ?? []), note])
  return notes
}

export function Parts({ topic, wanted, texts }: { topic: Topic; wanted: string; texts: Map<Block, Written> }) {
  const { say } = useReaderWords()
  const notes = useMemo(() => notesOf(topic.blocks, wanted), [topic, wanted])
  const said = { ai: say('part.ai'), stale: say('part.stale'), foreign: say('part.foreign', { language: nameOf(wanted, document.documentElement.lang) }) }
  return topic.blocks.map((block) => (
    <section key={block.contentKey} className="unit" data-key={block.contentKey}>
      {notes.get(block)?.map((note) => <p key={note} className="aside small quiet">{said[note]}</p>)}
      <One block={block} html={texts.get(block)?.html ?? ''} title={topic.topicName} />
    </section>
  ))
}

function One({ block, html, title }: { block: Block; html: string; title: string }) {
  const { say } = useReaderWords()
  const { type, payload, language, missing } = block
  const tongue = { lang: language, dir: dirOf(language) }
  if (missing) return <p className="picture">{say('part.missing')}</p>
  if (type === 'text') return <Lesson html={html} {...tongue} />
  const caption = payload.caption && <figcaption {...tongue}>{payload.caption}</figcaption>
  const elsewhere = payload.src?.startsWith('https:') ? payload.src : undefined
  if (type === 'image') {
    return (
      <figure>
        {payload.href ? <Picture src={payload.href} alt={payload.alt ?? ''} {...tongue} /> : <Card href={elsewhere} {...tongue}>{payload.alt || say('part.picture')}</Card>}
        {caption}
      </figure>
    )
  }
  const name = payload.title || payload.caption || say(type === 'video' ? 'part.video' : 'part.slides')
  return (
    <figure>
      {payload.href && type === 'video' ? <Film src={payload.href} name={payload.title || title}>{payload.title && <p className="b" {...tongue}>{payload.title}</p>}</Film>
        : <Card href={payload.href ?? elsewhere} isOurs={payload.href !== undefined} {...tongue}>{name}</Card>}
      {payload.caption !== name && caption}
    </figure>
  )
}

function Lesson({ html, lang, dir }: { html: string; lang: string; dir: 'rtl' | 'ltr' }) {
  const element = useRef<HTMLDivElement>(null)
  const clean = useMemo(() => safe(html), [html])
  // An error of a picture does not bubble; one that is not there is its words.
  useEffect(() => {
    const here = element.current
    const named = (img: HTMLImageElement) => { const box = document.createElement('span'); box.className = 'picture'; box.textContent = img.alt; img.replaceWith(...(img.alt ? [box] : [])) }
    const failed = ({ target }: Event) => { if (target instanceof HTMLImageElement) named(target) }
    for (const img of here?.querySelectorAll('img') ?? []) if (img.complete && img.naturalWidth === 0 && img.currentSrc) named(img)
    here?.addEventListener('error', failed, true)
    return () => here?.removeEventListener('error', failed, true)
  }, [clean])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: written by our own reader, and cleaned
  return <div ref={element} className="lesson" lang={lang} dir={dir} dangerouslySetInnerHTML={{ __html: clean }} />
}

function Picture({ src, alt, lang, dir }: { src: string; alt: string; lang: string; dir: 'rtl' | 'ltr' }) {
  const image = useRef<HTMLImageElement>(null)
  useEffect(() => {
    const named = () => { const box = document.createElement('span'); box.className = 'picture'; box.textContent = alt; if (image.current) { image.current.hidden = true; image.current.after(...(alt ? [box] : [])) } }
    const here = image.current
    here?.addEventListener('error', named)
    return () => here?.removeEventListener('error', named)
  }, [alt])
  return <img ref={image} src={src} alt={alt} lang={lang} dir={dir} loading="lazy" />
}

function Film({ src, name, children }: { src: string; name: string; children: ReactNode }) {
  // biome-ignore lint/a11y/useMediaCaption: a course has no captions of its films yet
  return <><video controls preload="metadata" src={src} aria-label={name} />{children}</>
}

/** A way to something that is not shown here: a file of ours to take along, or an address elsewhere. */
function Card({ href, isOurs = false, lang, dir, children }: { href: string | undefined; isOurs?: boolean; lang: string; dir: 'rtl' | 'ltr'; children: ReactNode }) {
  const { say } = useReaderWords()
  const said = <span className="grow"><b className="words" lang={lang} dir={dir}>{children}</b><span className="quiet small">{!href ? say('part.gone') : isOurs ? say('part.download') : say('part.elsewhere', { site: siteOf(href) })}</span></span>
  if (!href) return <p className="slip row leads">{said}</p>
  return <a className="slip row leads" href={href} {...(isOurs ? { download: '' } : { target: '_blank', rel: 'noopener noreferrer' })}>{said}<Icon of="forth" className="flip" /></a>
}

const siteOf = (href: string): string => (URL.canParse(href) ? new URL(href).host : href)
