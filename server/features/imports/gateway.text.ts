// From the bytes of a file to its text, as they are: nothing is put right, so that what comes in goes out the same.
import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import type { Found } from './draft.ts'
import { NAME } from './manifest.ts'
import { isQuizzes } from './paths.ts'
import { sheetOf } from './sheet.ts'

export const MOST_BYTES = 2 * 1024 * 1024

/** Which files are read as text. */
export const isText = (path: string) => /\.md$/i.test(path) || path === NAME || path.endsWith(`/${NAME}`) || isQuizzes(path)

export const tooLarge = (path: string): Found => ({ path, trouble: { reason: `it is larger than ${MOST_BYTES / 1024 / 1024} MB`, line: null } })

/** What a text says, or why it is none, with the line. */
export function foundText(path: string, bytes: Buffer): Found {
  const nul = bytes.indexOf(0)
  if (nul >= 0) return { path, trouble: { reason: 'it holds a NUL byte, so it is no text', line: lineAt(bytes, nul) } }
  if (!isUtf8(bytes)) return { path, trouble: { reason: 'it is not UTF-8', line: badLine(bytes) } }
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  return { path, text, bytes: bytes.length, md5: createHash('md5').update(bytes).digest('hex'), ...(/\.md$/i.test(path) && { sheet: sheetOf(text) }) }
}

const lineAt = (bytes: Buffer, at: number) => bytes.subarray(0, at).filter((b) => b === 10).length + 1

/** The first line that is not UTF-8. A line's end is never part of a longer character. */
function badLine(bytes: Buffer): number {
  for (let line = 1, from = 0; ; line++) {
    const end = bytes.indexOf(10, from)
    if (end < 0 || !isUtf8(bytes.subarray(from, end))) return line
    from = end + 1
  }
}
