// One lesson to read. Its Markdown may contain no HTML; a picture that is not ours is named, not fetched.
import MarkdownIt from 'markdown-it'
import { useEffect, useMemo } from 'react'
import { Link } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { catalog } from '../../server/features/catalog/contract.ts'
import { useAccount } from '../account.ts'
import { useWords } from '../language.tsx'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useReading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/course.css'

type Lesson = ReplyOf<typeof catalog.calls.topic>
const reader = new MarkdownIt({ html: false, linkify: true, typographer: true })
const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`)

reader.renderer.rules.image = (tokens, at) => {
  const { content } = tokens[at]!
  const source = tokens[at]!.attrGet('src') ?? ''
  return /^(data:image\/|\/api\/)/.test(source) ? `<img src="${escaped(source)}" alt="${escaped(content)}" loading="lazy">` : `<span class="picture">${escaped(content)}</span>`
}
reader.renderer.rules.link_open = (tokens, at, options, _env, self) => {
  const href = tokens[at]!.attrGet('href') ?? ''
  if (/^https?:/.test(href)) { tokens[at]!.attrSet('target', '_blank'); tokens[at]!.attrSet('rel', 'noopener noreferrer') }
  else if (!href.startsWith('#')) tokens[at]!.attrs = []
  return self.renderToken(tokens, at, options)
}

/** The text without the heading that says the title once more: the page has said it. */
function bodyOf({ markdown, topicName }: Lesson): string {
  const tokens = reader.parse(markdown, {})
  const at = tokens.findIndex((t) => t.type === 'heading_open')
  const bare = (text: string) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase()
  const again = at >= 0 && ((at === 0 && tokens[at]!.tag === 'h1') || bare(tokens[at + 1]!.content) === bare(topicName))
  if (again) tokens.splice(at, 3)
  return reader.renderer.render(tokens, reader.options, {}).replaceAll('<pre>', '<pre tabindex="0">')
}

export default function Topic({ courseId, topicId }: { courseId: string; topicId: string }) {
  const user = useAccount((a) => a.user)
  return user ? <Read courseId={courseId} topicId={topicId} /> : <Enter />
}

function Read({ courseId, topicId }: { courseId: string; topicId: string }) {
  const { say } = useWords()
  const trouble = useTrouble()
  const { there: topic, refusal, again } = useReading<Lesson>(`/topics/${topicId}`)
  const html = useMemo(() => (topic ? bodyOf(topic) : ''), [topic])
  useEffect(() => { if (topic) document.title = `${topic.topicName} · Lectern` }, [topic])
  if (refusal) return <Notice title={say('topic.unread')} action={<><Button look="line" onClick={again}>{say('try.again')}</Button><Link className="btn text" href={`/course/${courseId}`}>{say('topic.course')}</Link></>}>{trouble(refusal)}</Notice>
  return (
    <main className="reader">
      <p><Link className="btn text" href={`/course/${courseId}${topic ? `#module-${topic.moduleNo}` : ''}`}><Icon of="back" className="flip small" />{say('topic.course')}</Link></p>
      {!topic ? <Bones label={say('topic.wait')} lines={[60, 96, 92, 98, 71]} /> : (
        <>
          <h1 className="words" dir="auto">{topic.topicName}</h1>
          {/* biome-ignore lint/security/noDangerouslySetInnerHtml: the reader lets no HTML through, `html: false` above */}
          {html ? <article className="lesson" dir="auto" dangerouslySetInnerHTML={{ __html: html }} /> : <p className="quiet">{say('topic.empty')}</p>}
        </>
      )}
    </main>
  )
}
