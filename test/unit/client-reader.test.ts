// What a lesson becomes on the page, and where a course goes on.
import { describe, expect, it } from 'vitest'
import { written } from '../../client/reader/markdown.ts'
import { onwards } from '../../client/reader/onwards.ts'
import { dirOf, nameOf } from '../../client/reader/tongue.ts'

const page = { title: 'Sensors', under: 1, folder: null as string | null }
const html = (markdown: string, more: Partial<typeof page> = {}) => written([{ markdown }], { ...page, ...more })[0]!.html.trim()

describe('a lesson on its page', () => {
  it('[RD6] headings have the anchors that links of GitHub mean', () => {
    const [{ headings, html: said }] = written([{ markdown: '# Sensors\n\n[a](#what-is-the-internet-of-things) [b](#iot-1) [c](#caf%C3%A9) [d](#nowhere)\n\n## What is the \'Internet of Things\'?\n\n## IoT\n\n### 🚀 IoT\n\n## IoT\n\n## Café' }], page) as [{ headings: any[]; html: string }]
    expect(headings.map((h) => [h.id, h.level])).toEqual([['what-is-the-internet-of-things', 2], ['iot', 2], ['-iot', 3], ['iot-1', 2], ['café', 2]])
    expect([...said.matchAll(/href="#([^"]*)"/g)].map((m) => decodeURIComponent(m[1]!))).toEqual(['what-is-the-internet-of-things', 'iot-1', 'café'])
    expect(said).toContain(' d')
  })

  it('[RD6] what the page has said is not said again, and a later block stands below it', () => {
    const [first, second] = written([{ markdown: '# Any title\n\n# Part\n\nText' }, { markdown: '# Assignment\n\n## Rubric' }], page)
    expect(first!.html).toBe('<h2 id="part">Part</h2>\n<p>Text</p>\n')
    expect(second!.html).toBe('<h2 id="assignment">Assignment</h2>\n<h3 id="rubric">Rubric</h3>\n')
    expect(written([{ markdown: 'x' }, { markdown: '# sensors!\n\ny' }], page)[1]!.html).toBe('<p>y</p>\n')
  })

  it('[RD6] links that lead nowhere here are their text, others open beside', () => {
    expect(html('[next](../2-more/README.md) and [home](/course/x)')).toBe('<p>next and home</p>')
    expect(html('[there](https://example.org)')).toBe('<p><a href="https://example.org" target="_blank" rel="noopener noreferrer">there</a></p>')
    expect(html('Run app.py')).toBe('<p>Run app.py</p>')
    expect(html('[js](javascript:alert(1))')).not.toContain('href')
  })

  it('[RD6] harmless HTML is let through without its attributes, and words in angle brackets are words', () => {
    expect(html('H<sub onclick="x">2</sub>O<br/> in <location>')).toBe('<p>H<sub>2</sub>O<br> in &lt;location&gt;</p>')
    expect(html('<script>alert(1)</script>')).toBe('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(html('<details open><summary>More</summary>\n\n**a** < b\n\n</details>')).toBe('<details><summary>More</summary>\n<p><strong>a</strong> &lt; b</p>\n</details>')
    expect(html('<!-- hidden -->\n\nseen')).toBe('<p>seen</p>')
    expect(html('<img src=x onerror=alert(1)>')).not.toContain('<img')
  })

  it('[RD5] only pictures of ours are fetched', () => {
    const folder = '/api/v1/courses/c/at/pass/en/1-one/lessons/1-first'
    expect(html('![A board](../../../images/a.png)', { folder })).toContain('<img src="/api/v1/courses/c/at/pass/en/images/a.png" alt="A board" loading="lazy">')
    for (const src of ['https://example.org/a.png', '//example.org/a.png', '/etc/a.png', '../../../../../../x/y.png', 'data:text/html,x']) expect(html(`![A board](${src})`, { folder }), src).not.toContain('<img')
    expect(html('![A board](a.png)')).toBe('<p><span class="picture">A board</span></p>')
  })

  it('[RD6] code and tables can be scrolled by key, and items have boxes', () => {
    expect(html('```\nx\n```')).toContain('<pre tabindex="0" dir="ltr">')
    expect(html('| a |\n|--|\n| b |')).toMatch(/^<div class="table" tabindex="0"><table>[\s\S]*<\/table><\/div>$/)
    expect(html('- [ ] one\n- [x] two')).toBe('<ul>\n<li>☐ one</li>\n<li>☑ two</li>\n</ul>')
  })

  it('[RD1] a language has a direction and a name', () => {
    expect(['ar', 'he', 'ur-PK', 'az-Arab', 'es', 'not a tag'].map(dirOf)).toEqual(['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'ltr'])
    expect([nameOf('es'), nameOf('es', 'en'), nameOf('not a tag')]).toEqual(['español', 'Spanish', 'not a tag'])
  })
})

it('[RD11] a course goes on where one left off, or at the next that is not read', () => {
  const course = (percents: number[], at: number | null) => ({ resume: at === null ? null : { topicId: String(at), contentKey: null }, modules: [{ moduleNo: 1, title: '', introduction: '', state: 'unlocked' as const, unmet: [], topics: percents.map((percent, n) => ({ topicId: String(n), topicNumber: n + 1, topicName: '', percent })) }] })
  const next = (percents: number[], at: number | null) => { const o = onwards(course(percents, at)); return [o.next?.topicId ?? null, o.read, o.all, o.begun] }
  expect(next([0, 0], null)).toEqual(['0', 0, 2, false])
  expect(next([0, 30, 0], 1)).toEqual(['1', 0, 3, true])
  expect(next([0, 100, 0], 1)).toEqual(['2', 1, 3, true])
  expect(next([10, 100, 100], 2)).toEqual(['0', 2, 3, true])
  expect(next([100, 100], 1)).toEqual([null, 2, 2, true])
})
