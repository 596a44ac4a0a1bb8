// One lesson's folder as a topic: its blocks in order, and what each says, for everybody, for a persona or by a narrator. Pure.
import type { ContentType, DraftAsset, DraftTopic, Found, Payload } from './draft.ts'
import type { Manifest } from './manifest.ts'
import { resolved } from './markdown.ts'
import type { Role } from './paths.ts'
import type { Sheet } from './sheet.ts'
import type { Put } from './course-folder.ts'

export type Text = { path: string; role: Extract<Role, { is: 'text' }> }
type Parts = {
  here: readonly Text[]; folder: string; moduleNo: number; topicNumber: number; manifest: Manifest; files: ReadonlyMap<string, Found>
  read(path: string): Sheet | undefined; titled(path: string, sheet: Sheet): string | undefined; noted(path: string, sheet: Sheet, note: string): void; put: Put
}
/** Whom a text is for, and in what block; the front matter's word counts above the name of the file. */
export type Whom = { key: string; persona: string | null; narrator: string | null }

export const nameOf = ({ key, persona, narrator }: Whom) => `${key} ${persona ?? ''} ${narrator ?? ''}`
export const whomOf = (role: Text['role'], { front }: Sheet): Whom => ({
  key: front.key ?? role.key,
  persona: front.narrator ? null : (front.persona ?? role.persona),
  narrator: front.persona ? null : (front.narrator ?? role.narrator),
})

/** The topic; none where its README.md is not there or cannot be used. */
export function topicOf({ here, folder, moduleNo, topicNumber, manifest, files, read, titled, noted, put }: Parts): DraftTopic[] {
  const main = here.find((t) => isMain(t.role))
  const sourcePath = main?.path ?? `${folder}README.md`
  const sheet = main && read(main.path)
  const wrong = main && sheet && payloadOf((sheet.front.contentType ?? 'text') as ContentType, sheet, main.path)
  if (main && wrong && 'wrong' in wrong) put(main.path, 'failed', wrong.wrong, 1)
  const isWrong = wrong !== undefined && 'wrong' in wrong
  const topicName = isWrong ? undefined : main ? sheet && titled(main.path, sheet) : manifest.titles[sourcePath]
  if (topicName === undefined) {
    for (const { path } of here) if (path !== main?.path) put(path, 'skipped', main ? 'its lesson could not be read' : 'its lesson has no README.md')
    return []
  }
  const given = manifest.blocks[folder]
  const assets = new Map<string, DraftAsset>()
  for (const text of [...(main ? [main] : []), ...here.filter((t) => t !== main)]) {
    const said = text === main ? sheet : read(text.path)
    if (!said) continue
    if (text === main && said.text === '' && given && !given.includes('text')) {
      put(text.path, 'imported', `${moduleNo}.${topicNumber} ${topicName}`) // it only says that there is a lesson
      continue
    }
    const whom = whomOf(text.role, said)
    const twin = assets.get(nameOf(whom))
    const type = (said.front.contentType ?? 'text') as ContentType
    const other = [...assets.values()].find((a) => a.key === whom.key && a.type !== type)
    const payload = payloadOf(type, said, text.path)
    if (twin) put(text.path, 'failed', `it says the same as ${twin.path}: the same block for the same people`)
    else if (other) put(text.path, 'failed', `${other.path} says that this block is of type ${other.type}, this file that it is of type ${type}`)
    else if ('wrong' in payload) put(text.path, 'failed', payload.wrong, 1)
    else {
      assets.set(nameOf(whom), { path: text.path, ...whom, type, payload: payload.payload })
      noted(text.path, said, noteOf(text === main, topicName, { moduleNo, topicNumber }, whom) + missing(said, folderOf(text.path), files))
    }
  }
  const types = new Map([...assets.values()].map((a) => [a.key, a.type]))
  const keys = [...types.keys()].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const order = given ? [...given, ...keys.filter((k) => !given.includes(k))] : keys
  const blocks = [...new Set(order)].flatMap((key) => { const type = types.get(key); return type ? [{ key, type }] : [] })
  return [{ sourcePath, moduleNo, topicNumber, topicName, blocks, ordered: given !== undefined, assets: [...assets.values()], texts: [], names: [] }]
}

const isMain = (role: Text['role']) => role.key === 'text' && !role.persona && !role.narrator
const rank = (key: string) => (key === 'text' ? 0 : key === 'assignment' ? 1 : 2)
export const folderOf = (path: string) => path.slice(0, path.lastIndexOf('/') + 1)

function noteOf(isMain: boolean, name: string, { moduleNo, topicNumber }: { moduleNo: number; topicNumber: number }, { key, persona, narrator }: Whom): string {
  if (isMain) return `${moduleNo}.${topicNumber} ${name}`
  const whom = persona ? ` for ${persona}` : narrator ? ` told by ${narrator}` : ''
  return key === 'assignment' && !whom ? 'the assignment of its lesson' : `the block "${key}"${whom}`
}

/** How many of the pictures that a text shows are not there. */
function missing({ references: all }: Sheet, folder: string, files: ReadonlyMap<string, Found>): string {
  const away = all.filter((r) => r.picture && !files.has(resolved(folder, r.src) ?? '')).length
  return away === 0 ? '' : ` (${away === 1 ? 'a picture is' : `${away} pictures are`} not in the folder)`
}

/** What a block says. Of a text its Markdown, as it came; of the others what the front matter names: `file` beside it, or `src`. A
 *  translation (not `isWhole`) may name only some of it. */
export function payloadOf(type: ContentType, { text, front }: Sheet, path: string, isWhole = true): { payload: Payload } | { wrong: string } {
  if (type === 'text') return { payload: { markdown: text } }
  const { file, src, alt, caption, title } = front
  if (isWhole ? (file === undefined) === (src === undefined) : file !== undefined && src !== undefined) return { wrong: `a block of type ${type} names either a "file" or a "src"` }
  if (src !== undefined && !/^https:\/\/[^\s/]/.test(src)) return { wrong: 'the "src" must begin with https://' }
  if (isWhole && type === 'image' && alt === undefined) return { wrong: 'an image needs "alt": what somebody who cannot see it is to read' }
  const at = file === undefined ? undefined : resolved(folderOf(path), file)
  if (file !== undefined && !at) return { wrong: 'the "file" leads out of the course' }
  return { payload: { ...(at && { file: at }), ...(src !== undefined && { src }), ...(type === 'image' ? alt !== undefined && { alt } : title !== undefined && { title }), ...(caption !== undefined && { caption }) } }
}
