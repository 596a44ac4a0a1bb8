// What the tutor is asked in the bench: XQuAD (each paragraph a topic), and the real course with the questions of its own quizzes.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../server/app.ts'
import { type Draft, importCourse, readCourse, readFolder } from '../../server/features/imports/index.ts'
import { upToDate } from '../../server/features/knowledge/verbs.index.ts'
import { meant } from '../../server/features/knowledge/verbs.meaning.ts'
import { home } from '../../server/features/orgs/index.ts'
import { aWorld, type World } from '../helpers/world.ts'

const SHARED = join(ROOT, '../shared')
const COURSE = join(SHARED, 'courses/iot-for-beginners')

/** `of`: which of the topics answers, by its place in the course; -1: none. `half` 0 is for tuning, 1 is reported. */
export type Question = { text: string; of: number; half: 0 | 1; answers: string[] }
export type Corpus = { world: World; courseId: string; topics: Map<string, number>; questions: Question[]; language: string }

type Squad = { data: { paragraphs: { context: string; qas: { question: string; answers: { text: string }[] }[] }[] }[] }
export const squad = (language: string) => (JSON.parse(readFileSync(join(SHARED, `data/xquad/xquad.${language}.json`), 'utf8')) as Squad).data

async function corpus(draft: Draft, slug: string, language: string, questions: Question[], env: Record<string, string>): Promise<Corpus> {
  const world = await aWorld('pglite', { env })
  const done = await importCourse(world.app.kernel, { place: await home(world.app.db.sql), slug, draft })
  if ('refused' in done) throw new Error(done.refused.message)
  const courseId = done.courseId as string
  await upToDate(world.app.kernel, courseId)
  const trouble = await meant(world.app.kernel, courseId)
  if (trouble) throw new Error(trouble)
  const rows = await world.app.db.sql<{ id: string }>('SELECT topic_id AS id FROM topics WHERE course_id = $1 AND module_no IS NOT NULL ORDER BY module_no, topic_number', [courseId])
  return { world, courseId, language, questions, topics: new Map(rows.map((r, i) => [r.id, i])) }
}

/** XQuAD in a language: the paragraphs of all articles, or of those that `takes`; questions about the others have no answer here. */
export function xquad(language: string, env: Record<string, string>, takes: (article: number) => boolean = () => true): Promise<Corpus> {
  const paragraphs = squad(language).flatMap((d, article) => d.paragraphs.map((p) => ({ ...p, there: takes(article) })))
  const there = paragraphs.filter((p) => p.there)
  const questions = paragraphs.flatMap((p, i) => p.qas.map((q, j): Question => ({
    text: q.question, of: there.indexOf(p), half: (p.there && there.length === paragraphs.length ? i % 2 : (i + j) % 2) as 0 | 1, answers: q.answers.map((a) => a.text),
  })))
  const topics = there.map(({ context }, i) => {
    const path = `1-one/${i + 1}/README.md`
    return {
      sourcePath: path, moduleNo: 1, topicNumber: i + 1, topicName: `${i + 1}`, blocks: [{ key: 'text', type: 'text' as const }], ordered: false, texts: [], names: [],
      assets: [{ path, key: 'text', type: 'text' as const, persona: null, narrator: null, payload: { markdown: context } }],
    }
  })
  const draft: Draft = {
    name: 'XQuAD', summary: null, path: null, language, languages: [], introduction: null, slug: 'xquad', files: [], quizzes: [], report: [], topics,
    modules: [{ path: null, folder: '1-one', moduleNo: 1, title: 'One', introduction: '', languages: [] }],
  }
  return corpus(draft, 'xquad', language, questions, env)
}

type Quizzes = { quizzes: { id: number; quiz: { questionText: string; answerOptions: { answerText: string }[] }[] }[] }[]
const FILE: Record<string, string> = { en: 'en', es: 'es', hi: 'hin', ar: 'ar' }

/** The questions of the quizzes of the real course in a language, with what may be chosen, each to its lesson; none where there is no such file. */
export function quizQuestions(language: string): Question[] {
  try {
    const [{ quizzes }] = JSON.parse(readFileSync(join(COURSE, `quizzes/${FILE[language]}.json`), 'utf8')) as [Quizzes[number]]
    return quizzes.flatMap(({ id, quiz }) => quiz.map((q, i): Question => ({
      text: `${q.questionText} ${q.answerOptions.map((o) => o.answerText).join(' ')}`, of: Math.ceil(id / 2) - 1, half: (i % 2) as 0 | 1, answers: [],
    })))
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return []
    throw error
  }
}

/** The real course, in all its languages, with the questions of one. */
export async function realCourse(env: Record<string, string>): Promise<Corpus> {
  const folder = await readFolder(COURSE)
  const draft = readCourse(folder.files)
  await folder.close()
  return corpus({ ...draft, quizzes: [] }, 'iot-real', 'en', [], env)
}
