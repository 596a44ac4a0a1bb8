// What the tutor finds (T1–T4): every question asked of a real server's database, by words alone, by meaning alone, and by both, in the same run.
//   node --import tsx test/bench/knowledge.ts [t1 | t2 | t3]
import { cpus } from 'node:os'
import { extract } from '../../server/features/knowledge/extract.ts'
import { grounds } from '../../server/features/knowledge/grounds.ts'
import { byLetters } from '../../server/features/knowledge/letters.ts'
import { found, type Passage } from '../../server/features/knowledge/store.find.ts'
import { FOUND } from '../../server/features/knowledge/verbs.find.ts'
import { meaningOf } from '../../server/features/knowledge/verbs.means.ts'
import { spaced } from '../../server/features/knowledge/words.ts'
import { type Corpus, type Question, quizQuestions, realCourse, squad, xquad } from './corpora.ts'

type Print = (line: string) => void
type Asked = Question & { list: Passage[]; ms: number }
type By = (p: Passage) => number

const EMBEDDED = { EMBEDDINGS_MODEL: 'embedded' }
const NONE = { EMBEDDINGS_MODEL: 'none' }
const BY: Record<string, By> = { 'as Lectern finds': (p) => p.score, 'words alone': (p) => p.words, 'meaning alone': (p) => p.cosine ?? -1 }

/** Asks each question; `most` passages, the best first. */
async function asked({ world, courseId, questions, language }: Corpus, most: number, list = questions, languages = [language]): Promise<Asked[]> {
  const all: Asked[] = []
  for (const q of list) {
    const began = performance.now()
    const rows = await found(world.app.db.sql, {
      userId: world.owner.user.userId, courseId, cohortId: null, languages, moduleNo: null, most, text: spaced(q.text), vector: await meaningOf(world.app.kernel, q.text),
    })
    const list = [...byLetters(q.text, rows.slice(0, FOUND)), ...rows.slice(FOUND).map((p) => ({ ...p, score: p.score - 1 }))]
    all.push({ ...q, list, ms: performance.now() - began })
  }
  return all
}

/** How often the topic that answers is among the first `k`. */
function recall(list: readonly Asked[], topics: ReadonlyMap<string, number>, by: By, k: number): number {
  const right = list.filter(({ of, list: l }) => [...new Set([...l].sort((a, b) => by(b) - by(a)).map((p) => topics.get(p.topicId)))].slice(0, k).includes(of))
  return right.length / list.length
}
const f = (n: number) => n.toFixed(3).replace(/^0/, '')
const median = (list: number[]) => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0

async function t1(print: Print) {
  for (const language of ['en', 'es', 'hi', 'ar']) {
    const corpus = await xquad(language, language === 'en' ? EMBEDDED : NONE)
    const list = (await asked(corpus, 300)).filter((q) => q.half === 1)
    const quick = await asked(corpus, FOUND, corpus.questions.filter((q) => q.half === 1).slice(0, 200))
    const ways = Object.entries(BY).filter(([name]) => language === 'en' || name !== 'meaning alone')
    for (const [name, by] of ways) print(`T1 XQuAD ${language}, ${name}: R@1 ${f(recall(list, corpus.topics, by, 1))} R@3 ${f(recall(list, corpus.topics, by, 3))} (${list.length} questions)`)
    print(`T1 XQuAD ${language}: ${median(quick.map((q) => q.ms)).toFixed(0)} ms a question, the median, with what it means`)
    if (language === 'en') t4(print, list)
    await corpus.world.ends()
  }
}

function t4(print: Print, list: readonly Asked[]) {
  const right = list.filter((q) => extract(q.text, q.list.slice(0, 3), 2).some((e) => q.answers.some((a) => e.text.includes(a))))
  print(`T4 XQuAD en, the answer is in the first two sentences: ${f(right.length / list.length)} (${list.length} questions)`)
}

async function t2(print: Print) {
  const corpus = await realCourse(EMBEDDED)
  for (const language of ['en', 'es', 'hi', 'ar']) {
    const questions = quizQuestions(language)
    if (questions.length === 0) { print(`T2 real course ${language}: no quizzes in this language`); continue }
    const list = await asked(corpus, 300, questions, [language])
    const ways = Object.entries(BY).filter(([name]) => language === 'en' || name !== 'meaning alone')
    for (const [name, by] of ways) print(`T2 real course ${language}, ${name}: R@1 ${f(recall(list, corpus.topics, by, 1))} R@5 ${f(recall(list, corpus.topics, by, 5))} (${list.length} questions)`)
  }
  const off = squad('en').flatMap((d) => d.paragraphs.flatMap((p) => p.qas.map((q, i): Question => ({ text: q.question, of: -1, half: (i % 2) as 0 | 1, answers: [] }))))
  refusals(print, 'real course en', [...(await asked(corpus, FOUND, quizQuestions('en'))), ...(await asked(corpus, FOUND, off.filter((_, i) => i % 3 === 0)))])
  await corpus.world.ends()
}

/** XQuAD with the paragraphs of every other article: the questions about the rest are off-topic, and as well put. */
async function t3(print: Print) {
  for (const [name, language, env] of [['with meaning', 'en', EMBEDDED], ['no model', 'en', NONE], ['no model', 'es', NONE], ['no model', 'hi', NONE], ['no model', 'ar', NONE]] as const) {
    const corpus = await xquad(language, env, (article) => article % 2 === 0)
    refusals(print, `XQuAD ${language}, ${name}`, await asked(corpus, FOUND))
    await corpus.world.ends()
  }
}

/** The threshold that lets 95 % of the questions of one half pass, reported on the other; beside it, the one that Lectern has. */
function refusals(print: Print, name: string, list: readonly Asked[]) {
  const top = (q: Asked) => q.list[0]?.score ?? 0
  const of = (half: number, on: boolean) => list.filter((q) => q.half === half && (q.of >= 0) === on)
  const scores = of(0, true).map(top).sort((a, b) => a - b)
  const threshold = scores[Math.floor(scores.length * 0.05)] ?? 0
  const share = (l: readonly Asked[], passes: (q: Asked) => boolean) => l.filter(passes).length / Math.max(1, l.length)
  const told = (what: string, passes: (q: Asked) => boolean) => print(`T3 ${name}, ${what}: off-topic refused ${f(1 - share(of(1, false), passes))}, false refusals ${f(1 - share(of(1, true), passes))} (${of(1, false).length} and ${of(1, true).length} questions)`)
  told(`threshold ${f(threshold)} from the other half`, (q) => top(q) >= threshold)
  told('as Lectern decides', (q) => grounds(q.list))
}

/** Prints T1 to T4, a line each; or only one of `t1` (with T4), `t2` and `t3`. */
export async function benchKnowledge(print: Print, only?: string): Promise<void> {
  print(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}, the embedded database`)
  for (const [name, work] of Object.entries({ t1, t2, t3 })) if (only === undefined || only === name) await work(print)
}

if (import.meta.filename === process.argv[1]) {
  await benchKnowledge((line) => console.log(line), process.argv[2])
  process.exit(0)
}
