// The face of the files: addresses that a reader can fetch them by, which of them a course has, and taking in and giving out
// bytes for a course that is brought in or taken away.
import type { Readable } from 'node:stream'
import type { Actor } from '#kernel/actor'
import type { Kernel } from '#kernel/feature'
import { openPasses } from '#kernel/passes'
import { isRefused, type Outcome, type Refused } from '#kernel/refusals'
import { drop, land, type Part, type Store, storeOf } from './gateway.ts'
import { look, type Said } from './gateway.look.ts'
import type { Row } from './store.ts'
import { add } from './verbs.ts'

export { allIn, filesIn, type Row as CourseFile } from './store.ts'

/** Addresses that work for one person for six to twelve hours, and stay the same for hours. */
export type Addresses = {
  /** Where this person can fetch a file. */
  srcOf(userId: string, fileId: string): string
  /** Below which the files of a course are for this person, by their paths; `folder` is where one stands. */
  folderOf(userId: string, courseId: string, folder: string): string
  /** Who may come with this pass to a file, or to the files of a course; null: nobody, or no longer. */
  holderOf(pass: string, of: { fileId: string } | { courseId: string }): string | null
}
type Lent = Pick<Kernel, 'config'>
const perConfig = new WeakMap<Kernel['config'], { passes: Addresses; store: Store }>()

function of({ config }: Lent) {
  const made = perConfig.get(config) ?? { passes: addresses(config.jwtSecrets), store: storeOf(config) }
  perConfig.set(config, made)
  return made
}

const fileNamed = (fileId: string) => `file ${fileId}`
const courseNamed = (courseId: string) => `course ${courseId}`

function addresses(secrets: readonly string[]): Addresses {
  const { passFor, holderOf } = openPasses(secrets)
  return {
    srcOf: (userId, fileId) => `/api/v1/files/${fileId}?pass=${passFor(userId, fileNamed(fileId))}`,
    folderOf: (userId, courseId, folder) => `/api/v1/courses/${courseId}/at/${passFor(userId, courseNamed(courseId))}/${folder.split('/').map(encodeURIComponent).join('/')}`.replace(/\/$/, ''),
    holderOf: (pass, of) => holderOf(pass, 'fileId' in of ? fileNamed(of.fileId) : courseNamed(of.courseId)),
  }
}

/** The addresses of a process; the same for all rooms. */
export const passes = (kernel: Lent): Addresses => of(kernel).passes

/** Takes a file into a course: looks what it is, keeps its bytes, writes it down. `name`: as it is to be found again; `said`: what it
 *  is called and was sent as, where that must be true. Returns its row, the one that is there where the course has these bytes
 *  already. Refused are empty, foreign and active ones. Throws BrokenOff where it does not come whole, or is too large. */
export async function takeIn(kernel: Lent & Pick<Kernel, 'change'>, { courseId, name, from, said, actor }: { courseId: string; name: string; from: Readable; said: Said | null; actor: Actor | null }): Promise<Outcome<Row> | Refused<'unsupported_type' | 'bad_request' | 'not_found'>> {
  const landed = await land(from, kernel.config.dataDir, kernel.config.fileMost)
  try {
    const mime = await look(landed, said)
    if (isRefused(mime)) return mime
    const { sha256, bytes } = landed
    await of(kernel).store.keep(landed, mime)
    return (await kernel.change(add, courseId, { sha256, name, mime, bytes }, actor)) as Outcome<Row>
  } finally {
    await drop(landed)
  }
}

/** The bytes of a file, or a part of them; null where the store has lost them. */
export const bytesIn = (kernel: Lent, { sha256 }: Pick<Row, 'sha256'>, part?: Part): Promise<Readable | null> => of(kernel).store.read(sha256, part)

/** The same. Throws where the store has lost them. */
export async function bytesOf(kernel: Lent, { sha256 }: Pick<Row, 'sha256'>, part?: Part): Promise<Readable> {
  const bytes = await bytesIn(kernel, { sha256 }, part)
  if (!bytes) throw new Error(`the bytes of the file ${sha256} are not in the store`)
  return bytes
}

/** Fails where no file can be kept, in a sentence. */
export const check = (kernel: Lent): Promise<void> => of(kernel).store.check()
