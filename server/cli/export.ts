// npm run export -- <slug> <folder or file.zip>: a course out of the database, with everything that its authors have written, as it can be
// imported again. The same course gives the same bytes.
import { createWriteStream, existsSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { openDatabase } from '../kernel/database.ts'
import { ROOT } from '../app.ts'
import { readConfig } from '../kernel/config.ts'
import { openLog } from '../kernel/log.ts'
import { wholeOf } from '../features/content/index.ts'
import { bytesIn } from '../features/files/index.ts'
import { asZip, filesOut, intoFolder } from '../features/imports/index.ts'

const USAGE = 'Usage: npm run export -- <slug of a course> <folder or file.zip>'

class Told extends Error {}

async function main(): Promise<void> {
  const [slug, given, ...more] = process.argv.slice(2)
  if (!slug || !given || more.length > 0) throw new Told(USAGE)
  // npm runs this at the top of the project; the path was typed where the person stands.
  const target = isAbsolute(given) ? given : resolve(process.env.INIT_CWD ?? '.', given)
  const isZip = /\.zip$/i.test(target)
  if (existsSync(target) && (isZip || !statSync(target).isDirectory() || readdirSync(target).length > 0)) throw new Told(`There is something at ${target} already. Choose a new ${isZip ? 'file' : 'folder'}.`)
  const config = readConfig(process.env)
  const db = await openDatabase({ url: config.databaseUrl, dir: config.dataDir, migrations: `${ROOT}/prisma/migrations`, log: openLog('warn') }).catch((error: Error) => {
    throw new Told(/in use by another process/.test(error.message) ? `${error.message.split('. ')[0]}: a Lectern server is running on it. Stop that server and export again, or take the course out over its pages.` : error.message)
  })
  try {
    const courses = await db.sql<{ courseId: string }>('SELECT course_id AS "courseId" FROM courses WHERE slug = $1', [slug])
    if (courses.length > 1) throw new Told(`There are ${courses.length} courses "${slug}", of different organisations. Take the one you mean out over its pages.`)
    const whole = courses[0] && (await wholeOf(db.sql, courses[0].courseId))
    if (!whole) throw new Told(`There is no course "${slug}".`)
    const sums = new Map(whole.files.map((f) => [f.fileId, f]))
    const files = filesOut(db.sql, whole, (fileId) => bytesIn({ config }, sums.get(fileId) as { sha256: string }))
    if (isZip) await pipeline(asZip(files), createWriteStream(target, { flags: 'wx' }))
    else await intoFolder(files, target)
    process.stdout.write(`"${whole.name}" is in ${target}: ${whole.modules.length} modules, ${whole.topics.length} topics.\n`)
  } finally {
    await db.close()
  }
}

main().catch((error: Error) => {
  process.stderr.write(`${error instanceof Told || error.name === 'WrongSettings' ? error.message : error.stack}\n`)
  process.exitCode = 2
})
