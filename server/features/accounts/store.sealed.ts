// Secrets that must be had again, sealed: AES-256-GCM under a key that is derived from a secret of the server's (RFC 5869), bound
// to what they belong to. Sealed with the first of the secrets, opened with any, so that secrets can be changed.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'

const keyFrom = (secret: string) => Buffer.from(hkdfSync('sha256', secret, '', 'lectern sealed secrets', 32))

export function seal(text: string, about: string, [secret]: readonly string[]): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret as string), iv).setAAD(Buffer.from(about))
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** Undefined where none of the secrets opens it. */
export function unseal(sealed: string, about: string, secrets: readonly string[]): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  for (const secret of secrets) {
    try {
      const open = createDecipheriv('aes-256-gcm', keyFrom(secret), bytes.subarray(0, 12)).setAAD(Buffer.from(about)).setAuthTag(bytes.subarray(-16))
      return Buffer.concat([open.update(bytes.subarray(12, -16)), open.final()]).toString('utf8')
    } catch {}
  }
  return undefined
}
