// What a file is, by its content. Where it is called or was sent as something else, it is refused.
import { open, readFile } from 'node:fs/promises'
import { fileTypeFromFile } from 'file-type'
import { refuse, type Refused } from '#kernel/refusals'
import type { Landed } from './gateway.ts'
import { calledAs, isTaken, plainly, saysOf, textKind } from './kinds.ts'
import { activeIn } from './svg.ts'

const HEAD = 4_096
const SVG_MOST = 5 * 1024 * 1024

export type Said = { name: string; type: string }

/** The type of a file that has landed, or why it is not taken. `said`: what it is called and was sent as, where that counts. */
export async function look({ path, bytes }: Landed, said: Said | null): Promise<string | Refused<'unsupported_type' | 'bad_request'>> {
  if (bytes === 0) return refuse('bad_request', 'The file is empty.')
  const found = await fileTypeFromFile(path)
  const mime = found && found.mime !== 'application/xml' ? plainly(found.mime) : textKind(await headOf(path))
  if (!mime || !isTaken(mime)) return refuse('unsupported_type', `${said ? `“${said.name}”` : 'This'} is ${mime ? saysOf(mime) : 'none of the files that are taken'}. Put up an image, a film, sound, a PDF, a PowerPoint file or captions.`)
  const lie = said && lieOf(said, mime)
  if (lie) return lie
  return mime === 'image/svg+xml' ? lookIn(path, bytes) : mime
}

function lieOf({ name, type }: Said, mime: string): Refused<'unsupported_type'> | null {
  if (type !== 'application/octet-stream' && plainly(type) !== mime) return refuse('unsupported_type', `This was sent as ${saysOf(plainly(type))}, but it is ${saysOf(mime)}. Send it as what it is.`)
  const called = calledAs(name, mime)
  return called === null ? null : refuse('unsupported_type', `“${name}” is called as ${saysOf(called)}, but it is ${saysOf(mime)}. Call it what it is.`)
}

async function lookIn(path: string, bytes: number): Promise<string | Refused<'unsupported_type' | 'bad_request'>> {
  if (bytes > SVG_MOST) return refuse('bad_request', `A drawing is at most ${SVG_MOST / 1024 / 1024} MB. Save it simpler, or as an image.`)
  const active = activeIn(await readFile(path, 'utf8'))
  return active ? refuse('unsupported_type', `This drawing does more than draw: ${active}. Save it without that, or as an image.`) : 'image/svg+xml'
}

async function headOf(path: string): Promise<string> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead).toString('utf8')
  } finally {
    await file.close()
  }
}
