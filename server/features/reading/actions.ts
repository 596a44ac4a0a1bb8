// Reading a course: found through the reader, resolved for them, and nothing of what is for others.
import { dirname } from 'node:path/posix'
import type { Action, CallAction, CallCtx, Kernel } from '#kernel/feature'
import { chainFor, ranked } from '#kernel/languages'
import { forbidden, isRefused, notFound, refuse } from '#kernel/refusals'
import { asStaff, standings } from '../cohorts/index.ts'
import { passes } from '../files/index.ts'
import { isLocked, moduleLocked, modulesFor } from '../progress/index.ts'
import type { reading } from './contract.ts'
import { before, resolve } from './resolve.ts'
import * as store from './store.ts'
import * as verbs from './verbs.ts'

type Calls = typeof reading.calls
type Params = { cohort?: string | undefined; language?: string | undefined; draft?: boolean | undefined }

const asked = ({ actor }: CallCtx, { cohort = undefined, draft = false }: Params): store.Asked => ({ userId: actor.userId, cohort: cohort ?? null, draft })
/** What this reader would like, best first: as they ask now, as they set it, as their program does; then their cohort's and their organisation's. */
const chainOf = ({ accepts }: CallCtx, { language }: Params, s: store.Sight) => chainFor([language, s.locale, ...accepts, s.cohortLanguage, ...s.orgLanguages])
const shown = (words: readonly { language: string; status: string }[]) => words.filter((w) => w.status !== 'draft').map((w) => w.language)

/** A name in the best language that has it, else as it is in the course's own. */
function inBest<W extends { language: string; status: string }>(words: readonly W[], languages: readonly string[], own: string, pick: (w: W) => string | null | undefined): string {
  for (const tag of languages) {
    const word = words.find((w) => w.language === tag && w.status !== 'draft')
    const said = word && pick(word)
    if (said) return said
  }
  return own
}

export function actions(kernel: Kernel) {
  const { db } = kernel
  const { srcOf, folderOf } = passes(kernel)
  const stands = standings(db)

  /** Why this topic is refused to a learner, or null. */
  const shut = async ({ actor }: CallCtx, { cohortId, lockedIn }: { cohortId: string | null; lockedIn: string | null }) => {
    const why = cohortId !== null && lockedIn !== null ? await isLocked(kernel, { userId: actor.userId, cohortId, chapterId: lockedIn }) : null
    return why && moduleLocked(why.unmet)
  }

  /** How the reader stands in each module. Where something seems locked it is computed anew, and said why. */
  const standing = async ({ actor }: CallCtx, { cohortId, stands }: Pick<NonNullable<Awaited<ReturnType<typeof store.courseSeen>>>, 'cohortId' | 'stands'>) => {
    const now = cohortId !== null && stands?.some((m) => m.isLocked) ? await modulesFor(db.sql, cohortId, actor.userId)
      : (stands ?? []).map((m) => ({ moduleNo: m.moduleNo, state: m.passed ? ('passed' as const) : ('unlocked' as const), unmet: [] }))
    return (moduleNo: number) => now.find((m) => m.moduleNo === moduleNo) ?? { state: 'unlocked' as const, unmet: [] }
  }

  const course: CallAction<Calls['course']> = async (ctx, { params }) => {
    const found = await store.courseSeen(db.sql, asked(ctx, params), params.courseId)
    if (!found) return notFound('course')
    const { outline } = found
    const there = [...new Set([...shown(outline.titles), ...outline.modules.flatMap((m) => shown(m.languages)), ...found.topics.flatMap((t) => shown(t.names))])].sort()
    const languages = before(ranked(chainOf(ctx, params, found), [found.language, ...there]), found.language)
    ctx.inLanguage(languages[0] ?? found.language)
    const standingIn = await standing(ctx, found)
    return {
      courseId: found.courseId, slug: found.slug, name: inBest(outline.titles, languages, outline.title, (w) => w.title), summary: inBest(outline.titles, languages, outline.summary, (w) => w.summary),
      introduction: inBest(outline.titles, languages, outline.introduction ?? '', (w) => w.introduction), folder: found.root === null ? null : folderOf(ctx.actor.userId, found.courseId, found.root.replace(/\/$/, '')),
      language: languages[0] ?? found.language, languages: [found.language, ...there.filter((t) => t !== found.language)], narrator: found.narrator, narrators: found.narrators as never, versionNo: found.versionNo,
      mayWrite: found.mayWrite, cohortId: found.cohortId, resume: found.resume,
      modules: outline.modules.map((m) => {
        const { state, unmet } = standingIn(m.moduleNo)
        return {
          moduleNo: m.moduleNo, title: inBest(m.languages, languages, m.title, (w) => w.title), state, unmet,
          introduction: state === 'locked' ? '' : inBest(m.languages, languages, m.introduction, (w) => w.introduction),
          topics: found.topics.filter((t) => t.moduleNo === m.moduleNo).map(({ names, moduleNo: _, ...t }) => ({ ...t, topicName: inBest(names, languages, t.topicName, (w) => w.topicName) })),
        }
      }),
    }
  }

  const topic: CallAction<Calls['topic']> = async (ctx, { params }) => {
    const found = await store.topicSeen(db.sql, asked(ctx, params), params.topicId)
    if (!found) return notFound('topic')
    const locked = await shut(ctx, found)
    if (locked) return locked
    const chain = chainOf(ctx, params, found)
    const said = await store.sayings(db.sql, found, chain)
    const all = [...new Set([...found.languages, ...shown(found.names)])].filter((t) => t !== found.language).sort()
    const languages = before(ranked(chain, [found.language, ...all]), found.language)
    const blocks = resolve(found.blocks, said, languages, found.language).map((b) => (b.payload.fileId ? { ...b, payload: { ...b.payload, href: srcOf(ctx.actor.userId, b.payload.fileId) } } : b))
    const named = (t: { topicName: string; names: store.Named['names'] }) => inBest(t.names, languages, t.topicName, (w) => w.topicName)
    const language = languages.find((tag) => blocks.some((b) => b.language === tag) || shown(found.names).includes(tag)) ?? found.language
    ctx.inLanguage(language)
    const stop = (t: typeof found.next) => t && { topicId: t.topicId, topicName: named(t) }
    return {
      topicId: found.topicId, courseId: found.courseId, moduleNo: found.moduleNo, topicNumber: found.topicNumber, topicName: named(found), language, languages: [found.language, ...all],
      markdown: blocks.filter((b) => b.type === 'text').map((b) => b.payload.markdown ?? '').join('\n\n'),
      narrator: found.narrator, narrators: found.narrators, versionNo: found.versionNo, blocks, mayWrite: found.mayWrite, percent: found.percent, contentKey: found.contentKey,
      folder: found.sourcePath === null ? null : folderOf(ctx.actor.userId, found.courseId, dirname(found.sourcePath)), previous: stop(found.previous), next: stop(found.next),
    }
  }

  const progress: CallAction<Calls['progress']> = async (ctx, { params: { topicId }, body: { percent, contentKey } }) => {
    const found = await store.topicSeen(db.sql, asked(ctx, {}), topicId)
    if (!found) return notFound('topic')
    return (await shut(ctx, found)) ?? ctx.change(verbs.read, ctx.actor.userId, { topicId, percent, contentKey: contentKey ?? null })
  }

  const personalise: CallAction<Calls['personalise']> = async (ctx, { params: { courseId }, body: { narrator } }) => {
    const found = await store.courseSeen(db.sql, asked(ctx, {}), courseId)
    return found ? ctx.change(verbs.narrate, ctx.actor.userId, { courseId, narrator }) : notFound('course')
  }

  const personas: CallAction<Calls['personas']> = async (ctx, { params: { cohortId } }) =>
    (await asStaff(stands, ctx.actor, cohortId, { read: 'see for which persona somebody reads' })) ?? store.personasIn(db.sql, cohortId)

  const persona: CallAction<Calls['persona']> = async (ctx, { params: { cohortId, memberId }, body: { personaKey } }) => {
    const refused = await asStaff(stands, ctx.actor, cohortId, { change: 'say for which persona somebody reads' })
    if (isRefused(refused)) return refused
    const member = await store.memberOf(db.sql, cohortId, memberId)
    if (!member) return notFound('member')
    if (member.userId === null) return refuse('conflict', 'They have not signed in yet. Do this once they have.')
    return ctx.change(verbs.assign, member.userId, { courseId: member.courseId, personaKey })
  }

  const follow: Action<(typeof reading.commands)['follow']> = async (ctx) => {
    if (ctx.isScreen) return forbidden('hear on a screen what is told to one person')
    ctx.follow()
    return {}
  }

  return { actions: { follow }, calls: { course, topic, progress, personalise, personas, persona } }
}
