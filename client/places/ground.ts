// What everything at a place is said with: the permissions in words, and the roles of the organisation.
import { useCallback, useMemo } from 'react'
import { useReading } from '../reading.ts'
import type { Permissions, Role, Roles } from './wire.ts'

export type Ground = ReturnType<typeof useGround>

export function useGround(orgId: string) {
  const { there: said } = useReading<Permissions>('/permissions')
  const { there, refusal, again } = useReading<Roles>(`/orgs/${orgId}/roles`)
  const words = useMemo(() => new Map(said?.permissions.map((p) => [p.key, p.says])), [said])
  return {
    permissions: said?.permissions ?? [],
    roles: there?.roles ?? null,
    refusal,
    again,
    /** What may be done, in words. */
    saysOf: useCallback((permission: string) => words.get(permission) ?? permission, [words]),
  }
}

export const allowed = (role: Role): string[] => Object.entries(role.permissions).flatMap(([key, effect]) => (effect === 'allow' ? [key] : []))
/** Whether somebody who may do this much may give the role. */
export const mayGive = (role: Role, may: readonly string[]): boolean => allowed(role).every((p) => may.includes(p))
