// npm run import -- <folder or zip> [--slug … --name … --dry-run --all]: a course into the database, with a report of every
// file. Again, it changes only what has changed; a dry run only says what it would change. Leaves with 1 where a file failed.
import { existsSync, statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type App, assemble } from '../app.ts'
import { features } from '../features.ts'
import { type Draft, filesOf, importCourse, readCourse, readFolder, readZip, type Row } from '../features/imports/index.ts'
import { home } from '../features/orgs/index.ts'
import { readConfig } from '../kernel/config.ts'
import { openLog } from '../kernel/log.ts'
import { table } from './table.ts'

const USAGE = 'Usage: npm run import -- <folder or zip of a course> [--slug words-with-hyphens] [--name "A name"] [--dry-run] [--all]'

class Told extends Error {}

async function main(): Promise<number> {
  const { values, positionals } = asked()
  const given = positionals[0]
  if (!given || positionals.length > 1) throw new Told(USAGE)
  // npm runs this at the top of the project; the path was typed where the person stands.
  const folder = existsSync(given) ? resolve(given) : resolve(process.env.INIT_CWD ?? '.', given)
  const source = await (existsSync(folder) && statSync(folder).isFile() ? readZip(folder) : readFolder(folder)).catch((error: Error) => { throw new Told(error.message) })
  try {
    const draft = readCourse(source.files)
    const slug = values.slug ?? draft.slug ?? slugOf(basename(folder).replace(/\.zip$/i, ''))
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug) || slug.length > 80) throw new Told(`"${slug}" cannot be a slug: it takes lower-case words joined by hyphens. Give one with --slug.`)
    if (values.name !== undefined && !(values.name.trim().length >= 1 && values.name.length <= 200)) throw new Told('--name takes 1 to 200 characters.')
    if (draft.modules.length === 0) throw new Told(`No module was found in ${folder}. A course has folders such as 1-first-module, each with a README.md and lessons/<n>-<name>/README.md, at its top or in en/.`)
    const app = await opened()
    try {
      const mode = values['dry-run'] ? 'dry' : 'apply'
      const done = await importCourse(app.kernel, { place: await home(app.db.sql), slug, name: values.name?.trim(), draft, mode, files: filesOf(app.kernel, source, null) })
      if ('refused' in done) throw new Told(done.refused.message)
      print(done.rows, values.all)
      for (const path of done.gone) say(`Still in the course, no longer in the folder: ${path}`)
      if (mode === 'dry') say(`Nothing was saved: this was a dry run. ${draft.modules.length} modules and ${draft.topics.length} topics would be in "${slug}".`)
      else say(`${done.course === 'added' ? 'A new course' : 'The course'} "${slug}": ${draft.modules.length} modules, ${draft.topics.length} topics${languagesOf(draft)}.`)
      return done.rows.some((r) => r.outcome === 'failed') ? 1 : 0
    } finally {
      await app.close()
    }
  } finally {
    await source.close()
  }
}

function languagesOf({ topics }: Draft): string {
  const tags = [...new Set(topics.flatMap((t) => t.texts.map((x) => x.language)))].sort()
  return tags.length === 0 ? '' : `, also in ${tags.map((tag) => new Intl.DisplayNames('en', { type: 'language' }).of(tag)).join(', ')}`
}

function asked() {
  try {
    return parseArgs({ allowPositionals: true, options: { slug: { type: 'string' }, name: { type: 'string' }, 'dry-run': { type: 'boolean', default: false }, all: { type: 'boolean', default: false } } })
  } catch (error) {
    throw new Told(`${(error as Error).message}\n${USAGE}`)
  }
}

/** The whole product over the database, so that every room hears of what changed; but what is done by the clock stays with
 *  the server. */
async function opened(): Promise<App> {
  const config = readConfig(process.env)
  const log = openLog(process.env.LOG_LEVEL ? config.logLevel : 'warn')
  const rooms = features.map((room) => (kernel: Parameters<typeof room>[0]) => ({ ...room(kernel), alarms: [], timed: {} }))
  return assemble(config, log, { rooms }).catch((error: Error) => {
    throw /in use by another process/.test(error.message)
      ? new Told(`${error.message.split('. ')[0]}: a Lectern server is running on it. Stop that server (Ctrl-C where it was started), run the import again, and start it again afterwards.`)
      : new Told(error.message)
  })
}

const slugOf = (name: string) => name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 80)

type Printed = Omit<Row, 'outcome'> & { outcome: string }

/** The report as a table. Files of one folder that were skipped for one reason stand in one row, unless all are asked for. */
function print(rows: readonly Printed[], all: boolean): void {
  const shown = new Map<string, Printed & { files: number }>()
  for (const row of rows) {
    const folder = row.path.includes('/') ? `${row.path.split('/')[0]}/` : row.path
    const key = all || row.outcome !== 'skipped' ? row.path : `${folder} ${row.note}`
    const before = shown.get(key)
    shown.set(key, before ? { ...before, path: folder, files: before.files + 1 } : { ...row, files: 1 })
  }
  const cells = [...shown.values()].map((r) => [r.outcome, r.line === null ? r.path : `${r.path}:${r.line}`, r.files > 1 ? `${r.files} files: ${r.note}` : r.note])
  say(`\n${table(['result', 'file', 'what'], cells)}\n`)
  const totals = new Map<string, number>()
  for (const { outcome } of rows) totals.set(outcome, (totals.get(outcome) ?? 0) + 1)
  say(`${rows.length} files: ${[...totals].map(([outcome, n]) => `${n} ${outcome}`).join(', ')}.`)
}

const say = (text: string) => void process.stdout.write(`${text}\n`)

main().then((code) => { process.exitCode = code }, (error: Error) => {
  process.stderr.write(`${error instanceof Told || error.name === 'WrongSettings' ? error.message : error.stack}\n`)
  process.exitCode = 2
})
