// A key of a program: `lk_<prefix>_<secret>`. The prefix finds it, the secret proves it; only a hash of that is kept. Pure.
const FORM = /^lk_([a-z0-9]{10})_([A-Za-z0-9_-]{43})$/

export const written = (prefix: string, secret: string) => `lk_${prefix}_${secret}`
/** Its parts; null where it is no key at all. */
export function readKey(text: string): { prefix: string; secret: string } | null {
  const [, prefix, secret] = FORM.exec(text) ?? []
  return prefix && secret ? { prefix, secret } : null
}
