// An author brings in the quizzes of a course from its JSON files, one a language.
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { canonical } from '#kernel/languages'
import { type Refused, refuse } from '#kernel/refusals'
import type { quizzes } from './contract.ts'
import { bring as brings } from './verbs.bring.ts'
import { bringIn } from './verbs.import.ts'

type Calls = typeof quizzes.calls

export function importing({ db }: Kernel, mayWrite: (ctx: CallCtx, courseId: string) => Promise<Refused<'not_found' | 'forbidden'> | null>) {
  const bring: CallAction<Calls['import']> = async (ctx, { params: { courseId }, body: { files, source, dryRun } }) => {
    const refused = await mayWrite(ctx, courseId)
    if (refused) return refused
    const bad = Object.keys(files).find((tag) => canonical(tag) === null)
    if (bad !== undefined) return refuse('bad_request', `“${bad}” is no language; one looks like en, pt-BR or zh-Hant.`)
    const list = Object.entries(files).map(([tag, text]) => ({ path: `${tag}.json`, language: canonical(tag) as string, text }))
    const came = await brings(db.sql, { courseId, files: list, source: canonical(source ?? ''), save: dryRun ? null : (some) => ctx.change(bringIn, courseId, { list: some }) })
    if ('ok' in came) return came
    return { ...came.quizzes, questions: came.questions, failed: came.failed, notes: came.notes }
  }

  return { import: bring }
}
