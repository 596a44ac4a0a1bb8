// A course as it was read, before anybody has compared it with what is there.
import type { Sheet, Trouble } from './sheet.ts'

/** A file that was found, by its path in the folder, with `/`. `text`: only where it was read, with its MD5; `trouble`: why not.
 *  `bytes`: its size, where it is known. */
export type Found = { path: string; text?: string; md5?: string; sheet?: Sheet | Trouble; trouble?: Trouble; bytes?: number }

/** What became of a file as it was read. `is`: part of the course; else why it is not, or what is wrong with it. */
export type Line = { path: string; outcome: 'imported' | 'skipped' | 'failed'; note: string; line: number | null }

/** A text in another language. `said`: the file itself says its status; `of`: what it is a translation of: `current`, the hash of
 *  something older, or null where nothing says it. */
export type Translation = { path: string; language: string; status: 'draft' | 'ai' | 'reviewed'; said: boolean; of: string | null }
export type ContentType = 'text' | 'image' | 'video' | 'ppt'
export type Payload = Record<string, string>

export type DraftAsset = { path: string; key: string; type: ContentType; persona: string | null; narrator: string | null; payload: Payload }
export type DraftText = Translation & { key: string; persona: string | null; narrator: string | null; payload: Payload }
export type DraftTopic = {
  sourcePath: string; moduleNo: number; topicNumber: number; topicName: string
  /** The blocks in order; `ordered`: the order was given, and is not only how files are sorted. */
  blocks: { key: string; type: ContentType }[]
  ordered: boolean
  assets: DraftAsset[]
  texts: DraftText[]
  names: (Translation & { name: string })[]
}
export type DraftModule = { path: string | null; folder: string; moduleNo: number; title: string; introduction: string; languages: (Translation & { title: string | null; introduction: string | null })[] }
export type DraftFile = { path: string; mime?: string }
/** The quizzes of a course in one language, as the file says them. */
export type DraftQuizzes = { path: string; language: string; text: string }
export type Draft = {
  /** `language`: null where nothing says it. */
  name: string | null; summary: string | null; path: string | null; language: string | null; languages: (Translation & { title: string | null; summary: string | null; introduction: string | null })[]
  /** What stands at its beginning; null where no file says it. */
  introduction: string | null
  slug: string | null
  modules: DraftModule[]
  topics: DraftTopic[]
  /** Pictures and other files that the texts point to, by their paths. */
  files: string[]
  quizzes: DraftQuizzes[]
  report: Line[]
}
