// Where everything of a course is written when it goes out: the paths that would be read as the same course again. A folder keeps the
// name that it came with for as long as its number is still its own. Pure.
import type { Whole, WholeAsset, WholeModule, WholeTopic } from '../content/index.ts'
import { numbered, pathFor, pathTrouble, sameName, titleFrom } from './paths.ts'

type Told = WholeAsset['languages'][number]
/** A file of the course as it goes out. `of`: the row that it says; `language`: null in the course's own. */
export type Leaf = { path: string; bytes: number; language: string | null; told?: Told | undefined } & (
  | { is: 'course'; whole: Whole }
  | { is: 'module'; module: WholeModule }
  | { is: 'text'; topic: WholeTopic; asset: WholeAsset; folder: string; main: boolean; name?: WholeTopic['names'][number] | undefined }
  | { is: 'empty'; topic: WholeTopic; folder: string }
  | { is: 'file'; fileId: string }
)
/** `bare`: names in languages that have no text of their own. */
export type Laid = { root: string; leaves: Leaf[]; folders: { folder: string; topic: WholeTopic }[]; bare: { path: string; name: WholeTopic['names'][number] }[]; fileAt: Map<string, string> }

/** Lays a course out, sorted by path. */
export function laidOut(whole: Whole): Laid {
  const root = rootOf(whole)
  const below = (language: string | null) => (language === null ? root : root ? `${language}/` : `translations/${language}/`)
  const leaves: Leaf[] = []
  const folders: Laid['folders'] = []
  const bare: Laid['bare'] = []
  // A language that has only names gets a file that says them.
  if (whole.introduction.bytes > 0 || whole.languages.length > 0) {
    for (const told of [undefined, ...whole.languages]) leaves.push({ is: 'course', whole, path: `${below(told?.language ?? null)}README.md`, bytes: told?.bytes ?? whole.introduction.bytes, language: told?.language ?? null, told })
  }
  const named = modulesOf(whole, root)
  for (const module of whole.modules) {
    const name = named.get(module.moduleNo) as string
    const topics = whole.topics.filter((t) => t.moduleNo === module.moduleNo)
    if (module.bytes > 0 || module.languages.length > 0 || topics.length === 0 || module.title !== titleFrom(name)) {
      for (const told of [undefined, ...module.languages]) leaves.push({ is: 'module', module, path: `${below(told?.language ?? null)}${name}/README.md`, bytes: told?.bytes ?? module.bytes, language: told?.language ?? null, told })
    }
    const lessons = lessonsOf(topics)
    for (const topic of topics) {
      const folder = `${name}/lessons/${lessons.get(topic.topicNumber)}/`
      const readme = /(?:^|\/)(readme\.md)$/i.exec(topic.sourcePath ?? '')?.[1] ?? 'README.md'
      folders.push({ folder: `${root}${folder}`, topic })
      const carried = new Set<string>()
      for (const asset of topic.assets) {
        const main = asset.key === 'text' && !asset.persona && !asset.narrator
        const at = (language: string | null) => `${below(language)}${pathFor(folder, asset.key, asset.persona ?? asset.narrator, readme)}`
        leaves.push({ is: 'text', topic, asset, folder: `${root}${folder}`, main, path: at(null), bytes: asset.bytes, language: null })
        for (const told of asset.languages) {
          if (main) carried.add(told.language)
          leaves.push({ is: 'text', topic, asset, folder: `${root}${folder}`, main, path: at(told.language), bytes: told.bytes, language: told.language, told, name: main ? topic.names.find((n) => n.language === told.language) : undefined })
        }
      }
      if (!topic.assets.some((a) => a.key === 'text' && !a.persona && !a.narrator)) leaves.push({ is: 'empty', topic, folder: `${root}${folder}`, path: `${root}${folder}${readme}`, bytes: 0, language: null })
      for (const name of topic.names) if (!carried.has(name.language)) bare.push({ path: `${below(name.language)}${folder}${readme}`, name })
    }
  }
  const fileAt = filesAt(whole, leaves)
  for (const file of whole.files) leaves.push({ is: 'file', fileId: file.fileId, path: fileAt.get(file.fileId) as string, bytes: 0, language: null })
  return { root, leaves: leaves.sort((a, b) => (a.path < b.path ? -1 : 1)), folders, bare, fileAt }
}

/** The folder of the course's own language, as its topics came. */
function rootOf({ topics, language }: Whole): string {
  const top = topics.map((t) => /^([^/]+\/)[^/]+\/lessons\//.exec(t.sourcePath ?? '')?.[1]).find((r) => r !== undefined)
  if (top) return top
  return topics.some((t) => t.sourcePath) || topics.every((t) => t.names.length === 0 && t.assets.every((a) => a.languages.length === 0)) ? '' : `${language}/`
}

const slugOf = (name: string, otherwise: string) => name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60) || otherwise

function modulesOf({ modules, topics }: Whole, root: string): Map<number, string> {
  const taken = new Set<string>()
  return renumbered(modules.map((m) => {
    const came = topics.filter((t) => t.moduleNo === m.moduleNo && t.sourcePath?.startsWith(root)).map((t) => (t.sourcePath as string).slice(root.length).split('/')[0] as string).find((name) => !taken.has(sameName(name)))
    const name = came ?? `${m.moduleNo}-${slugOf(m.title, 'module')}`
    taken.add(sameName(name))
    return { no: m.moduleNo, name }
  }))
}

function lessonsOf(topics: readonly WholeTopic[]): Map<number, string> {
  return renumbered(topics.map((t) => ({ no: t.topicNumber, name: /\/lessons\/([^/]+)\//.exec(t.sourcePath ?? '')?.[1] ?? `${t.topicNumber}-${slugOf(t.topicName, 'lesson')}` })))
}

/** Names of folders by number: as they are where they would be read with these numbers, else with the number in front. */
function renumbered(wanted: readonly { no: number; name: string }[]): Map<number, string> {
  const read = new Map(numbered(wanted.map((w) => w.name)).map((n) => [n.name, n]))
  const fits = new Set(wanted.map((w) => sameName(w.name))).size === wanted.length && wanted.every((w) => read.get(w.name)?.no === w.no && read.get(w.name)?.clash === undefined)
  if (fits) return new Map(wanted.map((w) => [w.no, w.name]))
  return new Map(wanted.map((w) => [w.no, Number(/^\d+/.exec(w.name)?.[0]) === w.no ? w.name : `${w.no}-${w.name.replace(/^\d+[-_. ]*/, '') || 'part'}`]))
}

/** Where each file of the course goes: at the path that is its name, where nothing else is there. */
function filesAt({ files }: Whole, leaves: readonly Leaf[]): Map<string, string> {
  const taken = new Set(leaves.map((l) => sameName(l.path)))
  return new Map(files.map(({ fileId, name, sha256 }) => {
    const free = !pathTrouble(name) && !taken.has(sameName(name)) && !/^lectern\.json$/i.test(name)
    const path = free ? name : `files/${sha256.slice(0, 12)}-${slugOf(name.replace(/\.[^.]*$/, ''), 'file')}${/\.[a-z0-9]{1,8}$/i.exec(name)?.[0] ?? ''}`
    taken.add(sameName(path))
    return [fileId, path]
  }))
}
