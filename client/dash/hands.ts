// The hands that lie on the modules of a cohort: which were laid in one deed, and what puts back exactly what stood before.
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { progress } from '../../server/features/progress/contract.ts'

export type Stands = ReplyOf<(typeof progress)['calls']['modules']>
export type Standing = Stands['modules'][number]
export type Hand = NonNullable<Standing['hands']>[number]
export type Verb = 'unlock' | 'lock' | 'rule'
/** Whom a hand is for: these learners, a batch, else the whole cohort. */
export type Reach = { memberIds: readonly string[]; batchNo?: undefined } | { batchNo: number; memberIds?: undefined } | { batchNo?: undefined; memberIds?: undefined }
export type Deed = { verb: Verb; reach: Reach }
/** Hands that were laid in one deed: on the cohort, a batch, or these learners. */
export type Laid = Pick<Hand, 'open' | 'at' | 'by' | 'batchNo'> & { key: string; members: { memberId: string; displayName: string }[] }

/** No more of them are told than these, the newest. */
export const TOLD = 500
export const AT_ONCE = 1_000
export const modulesAt = (cohortId: string): string => `/cohorts/${cohortId}/modules`
const verbOf = (hand: Hand | undefined): Verb => (hand ? (hand.open ? 'unlock' : 'lock') : 'rule')

/** The deeds that make the hands on this reach what they are now; null where some of what stands is not told. */
export function wayBack(hands: readonly Hand[], reach: Reach): Deed[] | null {
  const isAll = hands.length < TOLD
  if (!reach.memberIds) {
    const now = hands.find((h) => h.memberId === null && h.batchNo === (reach.batchNo ?? null))
    return now || isAll ? [{ verb: verbOf(now), reach }] : null
  }
  const own = new Map(hands.map((h) => [h.memberId, h]))
  if (!isAll && reach.memberIds.some((id) => !own.has(id))) return null
  const by = (verb: Verb) => reach.memberIds.filter((id) => verbOf(own.get(id)) === verb)
  return (['unlock', 'lock', 'rule'] as const).map((verb) => ({ verb, reach: { memberIds: by(verb) } })).filter((d) => d.reach.memberIds.length > 0)
}

/** A reach in pieces that the wire takes. */
export function pieces(reach: Reach): Reach[] {
  const ids = reach.memberIds
  if (!ids) return [reach]
  return Array.from({ length: Math.ceil(ids.length / AT_ONCE) }, (_, n) => ({ memberIds: ids.slice(n * AT_ONCE, (n + 1) * AT_ONCE) }))
}

/** Those on the cohort first, then batches, then learners; in each the newest first. */
export function laidOn(hands: readonly Hand[]): Laid[] {
  const all = new Map<string, Laid>()
  for (const { open, at, by, batchNo, memberId, displayName } of hands) {
    const key = memberId === null ? `of ${batchNo}` : `${at} ${open} ${by}`
    const laid = all.get(key) ?? { key, open, at, by, batchNo, members: [] }
    if (memberId !== null) laid.members.push({ memberId, displayName: displayName ?? '' })
    all.set(key, laid)
  }
  const wide = (l: Laid) => (l.members.length > 0 ? 2 : l.batchNo === null ? 0 : 1)
  return [...all.values()].sort((a, b) => wide(a) - wide(b) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
}

export const reachOf = (laid: Laid): Reach => (laid.members.length > 0 ? { memberIds: laid.members.map((m) => m.memberId) } : laid.batchNo === null ? {} : { batchNo: laid.batchNo })
