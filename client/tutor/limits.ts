// The limits as they are written in a form: what is typed, what it lacks, and what is sent. Pure.
import type { Settings } from './wire.ts'

export type Limits = Pick<Settings, 'isOn' | 'period' | 'hintsOnly' | 'houseRules'> & { noQuota: boolean; quota: string; askedMost: string; k: string }
export type Ranged = 'quota' | 'askedMost' | 'k'
export const RANGES: Record<Ranged, [least: number, most: number]> = { quota: [1, 1000], askedMost: [100, 4000], k: [2, 50] }
/** What stands in the field of a number where there was none. */
const QUOTA = '20'

export const asLimits = ({ isOn, quota, period, hintsOnly, askedMost, k, houseRules }: Settings): Limits =>
  ({ isOn, period, hintsOnly, houseRules, noQuota: quota === null, quota: quota === null ? QUOTA : String(quota), askedMost: String(askedMost), k: String(k) })

/** Which numbers are none that may be. */
export function lacksIn(limits: Limits): Ranged[] {
  const isIn = (name: Ranged) => /^\d{1,4}$/.test(limits[name].trim()) && Number(limits[name]) >= RANGES[name][0] && Number(limits[name]) <= RANGES[name][1]
  return (['quota', 'askedMost', 'k'] as const).filter((name) => !(name === 'quota' && limits.noQuota) && !isIn(name))
}

export const asSent = ({ isOn, period, hintsOnly, houseRules, noQuota, quota, askedMost, k }: Limits, version: number) =>
  ({ version, isOn, period, hintsOnly, houseRules: houseRules.trim(), quota: noQuota ? null : Number(quota), askedMost: Number(askedMost), k: Number(k) })
