// A course in its other languages: each file mirrors one of the course's own language, and becomes a translation of what that one
// became. A file with nothing to mirror fails by itself. Pure.
import type { Draft, DraftTopic, Found, Translation } from './draft.ts'
import { type Manifest, NAME } from './manifest.ts'
import { isReadme, languageOf, roleOf } from './paths.ts'
import type { Sheet } from './sheet.ts'
import type { Put } from './course-folder.ts'
import { nameOf, payloadOf, whomOf } from './topic.ts'

type Parts = {
  draft: Draft; files: ReadonlyMap<string, Found>; roots: { root: string; language: string | null; others: ReadonlyMap<string, string> }; manifest: Manifest
  read(path: string): Sheet | undefined; noted(path: string, sheet: Sheet, note: string): void; put: Put
}

const named = new Intl.DisplayNames('en', { type: 'language' })

/** Lays the texts in other languages onto the draft. */
export function translate({ draft, files, roots, manifest, read, noted, put }: Parts): void {
  const { root, language: own, others } = roots
  const modules = new Map(draft.modules.map((m) => [m.folder, m]))
  const topics = new Map(draft.topics.map((t) => [t.sourcePath.slice(0, t.sourcePath.lastIndexOf('/') + 1), t]))
  const taken = new Map<string, string>()
  const titles = new Map<string, [path: string, title: string][]>()
  for (const [path, title] of Object.entries(manifest.titles)) {
    if (files.has(path)) continue
    const below = path.replace(/^translations\//, '').replace(/^[^/]+\//, '')
    titles.set(below, [...(titles.get(below) ?? []), [path, title]])
  }

  for (const [folder, language] of others) {
    for (const path of files.keys()) {
      if (!path.startsWith(folder)) continue
      const role = roleOf(path.slice(folder.length))
      if (!role) continue
      if (language === own) {
        put(path, 'failed', `the course itself is in ${named.of(language)}`)
        continue
      }
      const sheet = read(path)
      if (!sheet) continue
      const label = named.of(language) ?? language
      const once = (what: string): boolean => {
        const twin = taken.get(`${language} ${what}`)
        if (twin) put(path, 'failed', `it says the same in ${label} as ${twin}`)
        else taken.set(`${language} ${what}`, path)
        return !twin
      }
      if (role.is === 'course') {
        if (!draft.path) put(path, 'failed', noSource(`${root}README.md`))
        else if (once('/')) {
          draft.languages.push({ ...told(path, language, sheet, draft.path), title: manifest.titles[path] ?? sheet.title, summary: manifest.summaries[path] ?? (sheet.lead || null), introduction: sheet.text || null })
          noted(path, sheet, `${label}: the course's introduction`)
        }
      } else if (role.is === 'module') {
        const module = modules.get(`${root}${role.module}`)
        if (!module?.path) put(path, 'failed', noSource(`${root}${role.module}README.md`))
        else if (once(role.module)) {
          module.languages.push({ ...told(path, language, sheet, module.path), title: manifest.titles[path] ?? sheet.title, introduction: sheet.text || null })
          noted(path, sheet, `${label}: module ${module.moduleNo}`)
        }
      } else {
        const topic = topics.get(`${root}${role.lesson}`)
        const whom = whomOf(role, sheet)
        const asset = topic?.assets.find((a) => nameOf(a) === nameOf(whom))
        const payload = asset && payloadOf(asset.type, sheet, path, false)
        if (!topic || !asset) put(path, 'failed', noSource(`${root}${path.slice(folder.length)}`))
        else if (payload && 'wrong' in payload) put(path, 'failed', payload.wrong, 1)
        else if (payload && once(`${role.lesson} ${nameOf(whom)}`)) text(topic, path, language, sheet, asset.path, whom, payload.payload, label)
      }
    }
  }

  for (const topic of draft.topics) bare(topic)

  /** Names in languages that have no text: `lectern.json` says them. */
  function bare(topic: DraftTopic) {
    const below = topic.sourcePath.slice(root.length)
    const isAt = root ? (path: string) => path.endsWith(`/${below}`) && path !== topic.sourcePath && path.length > below.length + 1 : (path: string) => path.startsWith('translations/') && path.endsWith(`/${below}`)
    for (const [path, name] of titles.get(below) ?? []) {
      const folder = path.slice(0, path.length - below.length - 1)
      const language = languageOf(folder.replace(/^translations\//, ''))
      if (!isAt(path) || !language || language === own || topic.names.some((n) => n.language === language)) continue
      const { status = 'reviewed', of = null } = manifest.translations[`${path}#name`] ?? {}
      topic.names.push({ path: NAME, language, status, said: true, of, name })
    }
  }

  function text(topic: DraftTopic, path: string, language: string, sheet: Sheet, source: string, whom: ReturnType<typeof whomOf>, payload: Record<string, string>, label: string) {
    const how = told(path, language, sheet, source)
    topic.texts.push({ ...how, ...whom, payload })
    const title = manifest.titles[path] ?? sheet.title
    if (title && isReadme(path.slice(path.lastIndexOf('/') + 1))) {
      const name = manifest.translations[`${path}#name`]
      topic.names.push({ ...how, status: name?.status ?? how.status, of: name?.of ?? (how.of && how.of !== 'current' ? null : how.of), name: title })
    }
    noted(path, sheet, `${label}: ${topic.moduleNo}.${topic.topicNumber} ${title ?? whom.key}`)
  }

  /** How a translation stands. Of what: `lectern.json` says it, else the front matter, else the hash that the translator left. */
  function told(path: string, language: string, sheet: Sheet, source: string): Translation {
    const given = manifest.translations[path]
    const status = given?.status ?? sheet.front.status
    const original = sheet.original && files.get(source)?.md5 ? (sheet.original === files.get(source)?.md5 ? 'current' : sheet.original) : null
    return {
      path, language, said: status !== undefined, of: given?.of ?? sheet.front.sourceHash ?? original,
      status: (status as Translation['status'] | undefined) ?? (sheet.machine ? 'ai' : 'reviewed'),
    }
  }
}

const noSource = (path: string) => `there is no ${path} that it could be a translation of`
