// Which cohort one is in, as whom, and how many are here.
import type { View } from '#kernel/view'

export type Cohort = { cohortId: string; name: string; courseId: string; courseName: string; slug: string }
export type Member = { memberId: string; displayName: string; batchNo: number | null; timeFactor: number }
export type Presence = { online: number; members?: string[] }

export const cohort: View<Cohort> = { key: 'cohort', heard: (value) => value }

export const member: View<Member | null> = {
  key: 'member',
  heard: (value, { name, body }) => (name === 'cohort:member' ? body.member : value),
}

export const presence: View<Presence> = {
  key: 'presence',
  heard: (value, { name, body }) => (name === 'cohort:presence' ? { ...value, ...body } : value),
}
