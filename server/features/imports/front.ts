// The front matter of a Markdown file: lines of `name: value` between `---`, a small part of YAML. What we know must be right; the
// rest is somebody else's and is let be. It stays part of the text.

export const PERSONAS = ['non_it_migrant', 'rote_memorizer', 'english_hesitant', 'last_minute_panic', 'pseudo_coder'] as const
export const NARRATORS = ['sports', 'cooking', 'adventure'] as const
const CHOICES: Record<string, readonly string[]> = {
  persona: PERSONAS, narrator: NARRATORS, status: ['draft', 'ai', 'reviewed'], contentType: ['text', 'image', 'video', 'ppt'],
}
const KNOWN = ['title', 'language', 'persona', 'narrator', 'status', 'contentType', 'key', 'sourceHash', 'src', 'file', 'alt', 'caption'] as const
export type Front = Partial<Record<(typeof KNOWN)[number], string>>
/** What a content key looks like; it is a file's name too. */
export const KEY = /^[a-z0-9]+([._-][a-z0-9]+)*$/

/** What stands there, and on how many lines (0: there is none); or what is wrong, with the line. */
export function frontOf(lines: readonly string[]): { front: Front; lines: number } | { reason: string; line: number } {
  // A rule across the page has an empty line below it.
  const end = lines[0]?.trimEnd() === '---' && lines[1]?.trim() !== '' ? lines.findIndex((l, i) => i > 0 && /^(---|\.\.\.)\s*$/.test(l)) : -1
  if (end < 0) return { front: {}, lines: 0 }
  const front: Front = {}
  for (let i = 1; i < end; i++) {
    const line = lines[i] as string
    if (/^\s*(#.*)?$/.test(line) || /^(\s+|-\s)/.test(line)) continue // empty, a remark, or what belongs to the line above
    const [, name, value] = /^([A-Za-z_][\w-]*):(?:\s+(.*))?$/.exec(line) ?? []
    if (name === undefined) return { reason: 'the front matter takes lines such as "title: Soil and water"', line: i + 1 }
    const known = KNOWN.find((k) => k === name || k === name.replace(/[_-]([a-z])/g, (_, c: string) => c.toUpperCase()))
    if (!known) continue
    if (known in front) return { reason: `the front matter says "${name}" twice`, line: i + 1 }
    const said = scalar(value ?? '')
    if (said === undefined) return { reason: `the front matter's "${name}" is not one line of text`, line: i + 1 }
    const choice = CHOICES[known]
    if (choice && !choice.includes(said)) return { reason: `"${said.slice(0, 40)}" is no ${known}; there are ${choice.join(', ')}`, line: i + 1 }
    if (known === 'key' && (!KEY.test(said) || said.length > 80)) return { reason: 'a key takes lower-case letters, digits, "-", "_" and "."', line: i + 1 }
    front[known] = said
  }
  if (front.persona && front.narrator) return { reason: 'a text is for a persona or by a narrator, not both', line: 1 }
  return { front, lines: end + 1 }
}

/** One value, plain or in quotes; undefined where it is none. */
function scalar(given: string): string | undefined {
  const text = given.trim()
  if (text.length > 2_000) return undefined
  if (text.startsWith('"')) {
    try {
      const said: unknown = JSON.parse(text)
      return typeof said === 'string' && said.isWellFormed() && !said.includes('\0') ? said : undefined
    } catch {
      return undefined
    }
  }
  if (text.startsWith(`'`)) return /^'(?:[^']|'')*'$/.test(text) ? text.slice(1, -1).replaceAll(`''`, `'`) : undefined
  if (/^[[\]{}>|&*!%@`]/.test(text)) return undefined
  return text.replace(/\s#.*$/, '').trimEnd()
}

/** A value as it is written. */
export const quoted = (value: string): string => JSON.stringify(value)
