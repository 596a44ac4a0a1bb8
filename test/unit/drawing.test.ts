// Drawings: those that only draw are taken, all others are not.
import { expect, test } from 'vitest'
import { calledAs, nameOf, textKind } from '../../server/features/files/kinds.ts'
import { activeIn } from '../../server/features/files/svg.ts'

const svg = (inside: string, attributes = '') => `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inside}</svg>`

test('[FL3] what only draws is taken', () => {
  for (const drawing of [
    svg('<circle r="4"/>'), `<?xml version="1.0" encoding="UTF-8"?>\n<!-- by hand -->\n${svg('<path d="M0 0"/>')}`,
    svg('<defs><linearGradient id="g"/></defs><rect fill="url(#g)"/><use href="#g"/><use xlink:href="#g"/>'), svg('<style>.a { fill: url( "#g" ); font-family: "Times" }</style><text class="a">on = off</text>'),
    svg('<image href="data:image/png;base64,iVBORw0KGgo="/>'), svg('<animate attributeName="cx" to="4"/>'), '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">' + svg('<g/>'),
    svg('<title>Weights &#38; levers</title>'), svg('<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>'),
  ]) expect(activeIn(drawing), drawing).toBeNull()
})

test('[FL3] what does more is not, however it is written', () => {
  for (const drawing of [
    svg('<script>alert(1)</script>'), svg('<SCRIPT href="#a"/>'), svg('<svg:script xmlns:svg="http://www.w3.org/2000/svg"/>'), svg('<é:script xmlns:é="http://www.w3.org/2000/svg">x</é:script>'),
    svg('<![CDATA[ <!-- ]]><script>alert(1)</script><![CDATA[ --> ]]>'), svg('<!-- --><script/>'), svg('', 'onload="alert(1)"'), svg('<rect\nonclick = "x"/>'), svg('<rect a="b"onmouseover="x"/>'), svg('<rect/onfocus="x"/>'),
    svg('<foreignObject/>'), svg('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>'), svg('<h:img src="https://evil.test/a"/>'), svg('<h:body/>'), svg('<h:object data="x"/>'), svg('<embed src="x"/>'),
    svg('<a href="javascript:alert(1)"/>'), svg('<a xlink:href="https://evil.test"/>'), svg('<a href="&#106;avascript:alert(1)"/>'), svg('<a href=" //evil.test"/>'), svg('<use href="data:image/svg+xml;base64,AAAA#x"/>'), svg('<image href="https://evil.test/pixel.png"/>'),
    svg('<set attributeName="href" to="#"/>'), svg('<set attributeName="xlink:&#104;ref" to="#"/>'), svg('<animate attributeName="onclick" to="x"/>'), svg('<animate attributeName="x" values="javascript:x"/>'),
    svg('<style>@import "https://evil.test/a.css";</style>'), svg('<rect style="fill:url(https://evil.test/a)"/>'), svg("<style>a{background:url( 'http://evil.test')}</style>"), svg('<style>a{background:image-set("https://evil.test" 1x)}</style>'),
    '<!DOCTYPE svg [<!ENTITY a "b">]>' + svg('&a;'), '<!DOCTYPE svg [<!ATTLIST svg onload CDATA "alert(1)">]>' + svg(''), '<!DOCTYPE svg SYSTEM "x" [ ]>' + svg(''),
    '<?xml-stylesheet type="text/xsl" href="#x"?>' + svg('<g id="x"/>'), svg('<g xml:base="https://evil.test/"/>'), svg('<meta http-equiv="refresh"/>'),
  ]) expect(activeIn(drawing), drawing).toEqual(expect.stringMatching(/^it/))
})

test('[FL2] a text is a drawing or captions by how it begins, else neither', () => {
  for (const text of [svg(''), `\uFEFF${svg('')}`, `<?xml version="1.0"?>\n<!-- a -->\n<!DOCTYPE svg PUBLIC "a" "b">\n${svg('')}`, '<s:svg xmlns:s="http://www.w3.org/2000/svg"/>']) expect(textKind(text), text).toBe('image/svg+xml')
  for (const text of ['WEBVTT', 'WEBVTT\n\n00:01', '\uFEFFWEBVTT - a']) expect(textKind(text), text).toBe('text/vtt')
  for (const text of ['', 'WEBVTTX', '<html><svg>', '<!DOCTYPE html><svg ', '<svgx>', 'a <svg>', '{}']) expect(textKind(text), text).toBeNull()
})

test('[FL2] a name may say what a file is, or nothing at all', () => {
  for (const [name, mime] of [['a.png', 'image/png'], ['A.JPEG', 'image/jpeg'], ['a.m4v', 'video/mp4'], ['a', 'image/png'], ['v1.2', 'image/png'], ['a.b.svg', 'image/svg+xml'], ['.png', 'image/png']] as const) expect(calledAs(name, mime), name).toBeNull()
  expect(calledAs('a.png', 'application/pdf')).toBe('image/png')
  expect(calledAs('a.html', 'image/png')).toBe('application/html')
  expect(calledAs('a.png.exe', 'image/png')).toBe('application/exe')
})

test('[FL9] a name is one', () => {
  for (const [said, name] of [['a.png', 'a.png'], ['../../etc/passwd', 'passwd'], ['C:\\a\\b.png', 'b.png'], ['a\u0000b\n.png', 'ab.png'], ['\u202Egnp.exe', 'gnp.exe'], ['e\u0301.png', 'é.png'], ['  a b.png ', 'a b.png'], ['می\u200Cروم.png', 'می\u200Cروم.png'], ['a/…/x', 'x']] as const) expect(nameOf(said), said).toBe(name)
  for (const said of ['', '..', '.', '/', 'a/', '\u200E', '...', '\\']) expect(nameOf(said), said).toBeUndefined()
})
