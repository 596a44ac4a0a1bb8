// The list of a cohort, for its staff: read, looked at beforehand, changed.
import type { Actor } from '#kernel/actor'
import type { BodyOf } from '#kernel/contract'
import { cursorAfter, FIRST, placeOf } from '#kernel/cursors'
import type { CallAction, CallCtx, Kernel } from '#kernel/feature'
import { isRefused, notFound, ok, type Outcome, refuse, type Refused } from '#kernel/refusals'
import type { cohorts } from './contract.ts'
import { pause, readSheet } from './csv.ts'
import { asStaff, standings } from './index.ts'
import { planning, type Planned } from './plan.ts'
import { isWrong, once, type RawRow, type Read, readCells, readRow } from './roster.ts'
import { countsOf, groundOf, knownBy, listedOne, roster } from './store.roster.ts'
import { type Came, changeMember, putMembers, removeMember } from './verbs.roster.ts'

type Calls = typeof cohorts.calls
type Given = { row: number; raw: RawRow }
const PAGE = 200
/** So many rows are one transaction: those who are in class have their turn between two. */
const SLICE = 50
/** So many are read, or looked up, before others have theirs. */
const LOOKED = 250

export function rosterActions({ db }: Kernel) {
  const stands = standings(db)

  const mayRead = (actor: Actor, cohortId: string) => asStaff(stands, actor, cohortId, { read: 'read the list' })
  const mayChange = (actor: Actor, cohortId: string) => asStaff(stands, actor, cohortId, { change: 'change the list' })

  const addMembers: CallAction<Calls['addMembers']> = async (ctx, { params: { cohortId }, body }) => {
    const refused = await mayChange(ctx.actor, cohortId)
    if (refused) return refused
    const given = await givenIn(body)
    if (isRefused(given)) return given
    const rows = await readAll(given.rows)
    const came: Came = { added: 0, updated: 0, changed: 0, failed: [] }
    for (const slice of sliced(rows, SLICE)) {
      const outcome = (await ctx.change(putMembers, cohortId, { rows: slice })) as Outcome<Came>
      if (!outcome.ok) return outcome
      for (const n of ['added', 'updated', 'changed'] as const) came[n] += outcome.data[n]
      came.failed.push(...outcome.data.failed)
    }
    return came
  }

  const checkMembers: CallAction<Calls['checkMembers']> = async ({ actor }, { params: { cohortId }, body }) => {
    const refused = await mayChange(actor, cohortId)
    if (refused) return refused
    const given = await givenIn(body)
    if (isRefused(given)) return given
    const { plan } = planning(await groundOf(db.sql, cohortId, actor.userId), actor.userId)
    const planned: Planned[] = []
    for (const slice of sliced(await readAll(given.rows), LOOKED)) {
      const known = await knownBy(db.sql, cohortId, slice.flatMap(({ read }) => (isWrong(read) ? [] : [read.email])))
      for (const r of slice) planned.push(plan(r, isWrong(r.read) ? undefined : known.get(r.read.email)))
      await pause()
    }
    return { rows: planned.map((p, i) => ({ ...shown(p), cells: typed((given.rows[i] as Given).raw) })), ignored: given.ignored }
  }

  const members: CallAction<Calls['members']> = async ({ actor }, { params: { cohortId, cursor, ...sift } }) => {
    const refused = await mayRead(actor, cohortId)
    if (refused) return refused
    const found = await roster(db.sql, cohortId, placeOf(cursor ?? '') ?? FIRST, sift, PAGE + 1)
    const last = found.length > PAGE ? found[PAGE - 1] : undefined
    return { members: found.slice(0, PAGE), next: last ? cursorAfter(last.displayName, last.memberId) : null, counts: cursor ? null : await countsOf(db.sql, cohortId) }
  }

  /** Does it, and answers with the row as it stands now. */
  const restand = async (ctx: CallCtx, cohortId: string, item: { memberId: string } & Parameters<typeof changeMember.decide>[2][number]) => {
    const outcome = await ctx.change(changeMember, cohortId, item)
    if (!outcome.ok) return outcome
    const now = await listedOne(db.sql, cohortId, item.memberId)
    return now ? ok(now) : notFound('member')
  }

  const changeOne: CallAction<Calls['changeMember']> = async (ctx, { params: { cohortId, memberId }, body }) => {
    const refused = await mayChange(ctx.actor, cohortId)
    if (refused) return refused
    const { batchNo, ...said } = body
    const cells = readCells({ ...said, ...(batchNo !== null && { batchNo }) })
    if (isWrong(cells)) return refuse('bad_request', cells.message, { field: cells.field })
    return restand(ctx, cohortId, { memberId, cells, toNoBatch: batchNo === null })
  }

  const putBack: CallAction<Calls['putBack']> = async (ctx, { params: { cohortId, memberId } }) =>
    (await mayChange(ctx.actor, cohortId)) ?? restand(ctx, cohortId, { memberId, back: true })

  const remove: CallAction<Calls['remove']> = async (ctx, { params: { cohortId, memberId } }) =>
    (await mayChange(ctx.actor, cohortId)) ?? ctx.change(removeMember, cohortId, { memberId })

  return { addMembers, checkMembers, members, changeMember: changeOne, putBack, remove }
}

/** The rows of a request, whether it is a file or a list. */
async function givenIn({ csv, members }: BodyOf<Calls['addMembers']>): Promise<{ rows: Given[]; ignored: string[] } | Refused> {
  if (csv !== undefined) return readSheet(Buffer.from(csv, 'base64'))
  if (!members) return refuse('bad_request', 'Send a list as text/csv, or JSON with "members".')
  return { rows: members.map(({ row, ...raw }, i) => ({ row: row ?? i + 1, raw })), ignored: [] }
}

async function readAll(given: readonly Given[]): Promise<Read[]> {
  const rows: Read[] = []
  for (const slice of sliced(given, LOOKED)) {
    for (const { row, raw } of slice) rows.push({ row, read: readRow(raw) })
    await pause()
  }
  return once(rows)
}

const sliced = <T>(all: readonly T[], size: number): T[][] => Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size))

const shown = (p: Planned) => ({
  row: p.row, does: p.does, field: p.does === 'refuse' ? p.field : null, message: p.does === 'refuse' ? p.message : null, changes: 'changes' in p ? p.changes : [],
})
const typed = ({ email, name = '', role = '', batchNo = '', timeFactor = '' }: RawRow) => ({ email: email.slice(0, 400), name, role, batchNo: String(batchNo), timeFactor: String(timeFactor) })
