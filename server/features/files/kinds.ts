// Which files are taken, what each is called, and how it is handed out. Pure.

/** A type of file: how people call it, the endings of its names, and whether a browser may show it in the page. */
type Kind = { says: string; ends: RegExp; inline: boolean }
const KINDS: Record<string, Kind> = {
  'image/png': { says: 'a PNG image', ends: /^a?png$/, inline: true },
  'image/jpeg': { says: 'a JPEG image', ends: /^(jpe?g|jfif)$/, inline: true },
  'image/gif': { says: 'a GIF image', ends: /^gif$/, inline: true },
  'image/webp': { says: 'a WebP image', ends: /^webp$/, inline: true },
  'image/svg+xml': { says: 'an SVG drawing', ends: /^svg$/, inline: true },
  'application/pdf': { says: 'a PDF', ends: /^pdf$/, inline: true },
  'video/mp4': { says: 'an MP4 film', ends: /^(mp4|m4v)$/, inline: true },
  'video/webm': { says: 'a WebM film', ends: /^webm$/, inline: true },
  'audio/mpeg': { says: 'an MP3', ends: /^mp3$/, inline: true },
  'audio/mp4': { says: 'MP4 sound', ends: /^(m4a|mp4)$/, inline: true },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': { says: 'a PowerPoint file', ends: /^pptx$/, inline: false },
  'text/vtt': { says: 'captions', ends: /^vtt$/, inline: false },
}
const SAME: Record<string, string> = { 'audio/x-m4a': 'audio/mp4', 'video/x-m4v': 'video/mp4', 'image/apng': 'image/png', 'image/jpg': 'image/jpeg' }

export const isTaken = (mime: string): boolean => Object.hasOwn(KINDS, mime)
export const saysOf = (mime: string): string => KINDS[mime]?.says ?? `“${mime}”`
export const isInline = (mime: string): boolean => KINDS[mime]?.inline ?? false
/** One name for what goes by several. */
export const plainly = (mime: string): string => SAME[mime] ?? mime

/** What a file is called as, where its ending is one of ours: its type; null where the name says nothing of that kind. */
export function calledAs(name: string, mime: string): string | null {
  const end = /\.([a-z0-9]{2,5})$/i.exec(name)?.[1]?.toLowerCase()
  if (end === undefined || KINDS[mime]?.ends.test(end)) return null
  return Object.keys(KINDS).find((m) => KINDS[m]?.ends.test(end)) ?? `application/${end}`
}

/** What a text file is, by its first bytes: a drawing, captions, or neither. */
export function textKind(head: string): string | null {
  const text = head.replace(/^\uFEFF/, '')
  if (/^WEBVTT(\s|$)/.test(text)) return 'text/vtt'
  return /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*|<!DOCTYPE\s+svg\b[^>[]*(\[[^\]]*\]\s*)?>\s*)*<([\w-]+:)?svg[\s>]/i.test(text) ? 'image/svg+xml' : null
}

/** A name as it is kept: the last part of a path, without what cannot be seen or turns the writing round; undefined where nothing is left. */
export function nameOf(said: string): string | undefined {
  const last = said.normalize('NFC').split(/[\\/]/).at(-1) ?? ''
  const name = last.replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF]/gu, '').trim()
  return name === '' || /^\.+$/.test(name) ? undefined : name
}
