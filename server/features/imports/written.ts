// What `lectern.json` must say for a course that goes out: each thing that would be read otherwise. Pure.
import type { Told, Whole, WholeAsset } from '../content/index.ts'
import type { Laid, Leaf } from './layout.ts'
import type { Manifest } from './manifest.ts'
import { type Front, quoted } from './front.ts'
import { isTrouble, type Sheet, sheetOf } from './sheet.ts'
import { titleFrom } from './paths.ts'

const told = (leaf: Leaf & { is: 'course' }) => leaf.whole.languages.find((l) => l.language === leaf.language)

/** What the course's own file says in a language that has only names. */
export const namedOnly = (leaf: Leaf & { is: 'course' }): string => {
  const { title, summary } = told(leaf) ?? { title: leaf.whole.name, summary: leaf.whole.summary }
  return [title && `# ${title}\n`, summary && `${summary}\n`].filter(Boolean).join('\n')
}

/** The manifest before any text was seen. */
export function begun(whole: Whole, { root, folders, bare }: Laid): Manifest {
  const manifest: Manifest = { slug: whole.slug, name: whole.name, language: whole.language, titles: {}, summaries: {}, blocks: {}, translations: {} }
  if (root !== 'en/') manifest.root = root
  if (whole.summary !== '') manifest.summary = whole.summary
  for (const { folder, topic } of folders) {
    const keys = topic.blocks.map((b) => b.key)
    const rank = (key: string) => (key === 'text' ? 0 : key === 'assignment' ? 1 : 2)
    const usual = [...keys].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    if (keys.join(' ') !== usual.join(' ') || !keys.includes('text')) manifest.blocks[folder] = keys
  }
  for (const { path, name } of bare) {
    manifest.titles[path] = name.name
    manifest.translations[`${path}#name`] = { ...(name.status !== 'reviewed' && { status: name.status }), ...(!name.fresh && { of: name.hash }) }
  }
  return manifest
}

/** Adds what one file cannot say. `md5`: that of the text that it is a translation of. */
export function heard(manifest: Manifest, leaf: Leaf, text: string): void {
  const read = sheetOf(text)
  const sheet = isTrouble(read) ? undefined : read
  const title = leaf.is === 'course' ? (leaf.told && told(leaf)?.title) : leaf.is === 'module' ? (leaf.told ? leaf.module.languages.find((l) => l.language === leaf.language)?.title : leaf.module.title)
    : leaf.is === 'empty' ? leaf.topic.topicName : leaf.is === 'text' && leaf.main ? (leaf.told ? leaf.name?.name : leaf.topic.topicName) : undefined
  const folder = leaf.path.split('/').at(-2) ?? ''
  const otherwise = leaf.is === 'module' && text === '' && !leaf.told ? titleFrom(folder) : undefined
  if (title != null && title !== (sheet?.title ?? otherwise)) manifest.titles[leaf.path] = title
  if (leaf.is === 'course' && leaf.told) {
    const summary = told(leaf)?.summary
    if (summary != null && summary !== sheet?.lead) manifest.summaries[leaf.path] = summary
  }
  if (!leaf.told || leaf.is === 'file' || leaf.is === 'empty') return
  const differs = stands(leaf.told, sheet, leaf.is === 'course' ? leaf.whole.introduction.md5 : leaf.is === 'module' ? leaf.module.md5 : leaf.asset.md5)
  if (Object.keys(differs).length > 0) manifest.translations[leaf.path] = differs
  if (leaf.is === 'text' && leaf.name) {
    const { name } = leaf
    const of = { ...(name.status !== leaf.told.status && { status: name.status }), ...(!name.fresh && { of: name.hash }) }
    if (Object.keys(of).length > 0) manifest.translations[`${leaf.path}#name`] = of
  }
}

/** What of a translation's standing would be read otherwise. */
function stands(told: Told, sheet: Sheet | undefined, md5: string | null): Manifest['translations'][string] {
  const status = sheet?.front.status ?? (sheet?.machine ? 'ai' : 'reviewed')
  const of = sheet?.front.sourceHash ?? (sheet?.original ? (sheet.original === md5 ? 'current' : sheet.original) : 'current')
  const is = told.fresh ? 'current' : told.hash
  return { ...(status !== told.status && { status: told.status }), ...(of !== is && { of: is }) }
}

/** A block as a file: a text as it is; the others as front matter that names what they show. */
export function textOf({ type }: WholeAsset, payload: Record<string, string>, path: string, fileAt: ReadonlyMap<string, string>): string {
  if (type === 'text') return payload.markdown ?? ''
  const { fileId, src, alt, title, caption } = payload
  const at = fileId === undefined ? undefined : fileAt.get(fileId)
  const said: Front = { contentType: type, ...(at !== undefined && { file: relative(path, at) }), ...(src !== undefined && { src }), ...(alt !== undefined && { alt }), ...(title !== undefined && { title }), ...(caption !== undefined && { caption }) }
  return `---\n${Object.entries(said).map(([name, value]) => `${name}: ${name === 'contentType' ? value : quoted(value)}\n`).join('')}---\n`
}

/** How one gets from the folder of one path to another path. */
export function relative(from: string, to: string): string {
  const [a, b] = [from.split('/').slice(0, -1), to.split('/')]
  let same = 0
  while (same < a.length && same < b.length - 1 && a[same] === b[same]) same++
  return [...a.slice(same).map(() => '..'), ...b.slice(same).map(encodeURIComponent)].join('/')
}

