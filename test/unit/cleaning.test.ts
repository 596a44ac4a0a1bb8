// What would run does not come in, and what is only shown is left as it is.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import MarkdownIt from 'markdown-it'
import { describe, expect, it } from 'vitest'
import { hasReal, REAL } from '../helpers/real.ts'
import { cleaned } from '../../server/features/imports/cleaning.ts'

const clean = (text: string) => {
  const done = cleaned(text, 0)
  if ('reason' in done) throw new Error(done.reason)
  return [done.text, ...done.removed.map((r) => `${r.what} ${r.line}`)]
}

/** The tags of a page, as a browser takes them apart. */
const tagsIn = (html: string) => [...html.matchAll(/<([a-z][^\s/>]*)((?:[\s/]*=?[^\s/>=]+(?:\s*=\s*(?:"[^"]*(?:"|$)|'[^']*(?:'|$)|[^\s>"'][^\s>]*))?)*)[\s/]*(?:>|$)/gi)]
  .map(([, name = '', rest = '']) => ({ name: name.toLowerCase(), attributes: (rest.match(/=?[^\s/>=]+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"'][^\s>]*))?/g) ?? []).map((a) => a.toLowerCase()) }))

describe('[CA18] active HTML', () => {
  it.each([
    ['# A\n\n<script>alert(1)</script>\n\nb', ['# A\n\n\n\nb', '<script> 3']],
    ['a <b onclick="x()" id=c>hi</b>', ['a <b id=c>hi</b>', 'onclick 1']],
    ['> q\n> <img src=x onerror=alert(1)> z', ['> q\n> <img src=x> z', 'onerror 2']],
    ['- a\n  <iframe src="x"></iframe>\n- b', ['- a\n  \n- b', '<iframe> 2']],
    ['[a](javascript:alert(1)) [b](java&#115;cript:x "t")', ['[a] [b]', 'javascript: 1', 'javascript: 1']],
    ['![p](data:text/html,x) <javascript:a>', ['![p] ', 'data: 1', 'javascript: 1']],
    ['[x][r]\n\n[r]: JaVaScRiPt:alert(1)\n', ['\n\n[r]: JaVaScRiPt:alert(1)\n', 'javascript: 1']],
    ['| a | b |\n|--|--|\n| <b onclick=x>1</b> | <b onclick=x>1</b> |\n', ['| a | b |\n|--|--|\n| <b>1</b> | <b>1</b> |\n', 'onclick 3', 'onclick 3']],
    ['<p>a\n<meta http-equiv=refresh content=0>\nb</p>\n', ['<p>a\n\nb</p>\n', '<meta> 2']],
    ['x <form action=y><input></form>', ['x <input>', '<form> 1', '</form> 1']],
    ['<style>\r\nx\r\n\r\ny</style>\r\nafter\r\n', ['\r\nafter\r\n', '<style> 1']],
    ['<!--><script>b</script>-->\n', ['<!-->-->\n', '<script> 1']],
    ['\ufeff<embed src=1>\n<object data=x>y</object>', ['\ufeff\n', '<embed> 1', '<object> 2']],
    ['<a href=" java\nscript:alert(1)">x</a>', ['<a>x</a>', 'javascript: 1']],
    ['<div><script>a</script>\n\nlater <b onload=x>y</b></div>', ['<div>\n\nlater <b>y</b></div>', '<script> 1', 'onload 3']],
  ])('is taken out of %j', (text, expected) => expect(clean(text)).toEqual(expected))

  it.each([
    '```html\n<script>alert(1)</script>\n```', '    <script>alert(1)</script>', '`<script>` and ``<b onclick="x">``', '<!-- <iframe src="x"></iframe> -->', '1. a\n\n    ```html\n    <body onload="init()">\n    ```\n',
    'on = 1, only = 2, one="a"', 'Write \\<script> so.', '<b class="on">x</b>', '[js](https://x.test/?q=javascript:1)', '&lt;script&gt;', 'a < script', '~~~\n<style>\n~~~\n',
  ])('is let be where it is only shown: %j', (text) => expect(clean(text)).toEqual([text]))

  it('fails a file of which it cannot be taken out, or whose front matter holds it', () => {
    expect(cleaned('---\ntitle: <script>x</script>\n---\n# A', 3)).toMatchObject({ line: 2 })
    expect(cleaned(`# A\n${'x'.repeat(300_000)}\n<script>`, 0)).toMatchObject({ reason: expect.stringContaining('too long'), line: 3 })
  })

  it('leaves nothing that would run, whatever is written', () => {
    const pieces = ['<script>', '</script>', '<b onclick="x">', '<img src=x onerror=y>', '<iframe src=a>', '`', '```\n', '\n', '\n\n', '> ', '- ', '    ', '<!--', '-->', '[a](javascript:x)', '<div', '>', '"', '\\', '|a|\n|-|\n', 'word ', '<a href="javascript:x">', '# ', '\r\n', '<scr', 'ipt>', '<style>', '&#115;', '1. ', '<p>', '\t']
    const md = new MarkdownIt({ html: true })
    fc.assert(fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 14 }), (parts) => {
      const done = cleaned(parts.join(''), 0)
      if ('reason' in done) return
      const html = md.render(done.text.replace(/^\ufeff/, '')).replace(/<(code|pre)[^>]*>[\s\S]*?<\/\1>/g, '').replace(/<!--[\s\S]*?(-->|$)/g, '')
      expect(tagsIn(html).filter((t) => /^(script|iframe|style)$/.test(t.name) || t.attributes.some((a) => /^(on|href\s*=\s*"?javascript)/.test(a))), html).toEqual([])
    }), { numRuns: 3_000 })
  })

  it.skipIf(!hasReal)('is in no text of the real course, whose code is full of it', () => {
    for (const file of readdirSync(REAL, { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.md'))) {
      const text = readFileSync(join(REAL, file), 'utf8')
      expect(clean(text), file).toEqual([text])
    }
  })
})
