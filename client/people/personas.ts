// For which persona each learner of a cohort reads, where the course says something of its own for one.
import { useCallback, useEffect, useState } from 'react'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { reading } from '../../server/features/reading/contract.ts'
import { asMe } from '../account.ts'

type Found = ReplyOf<typeof reading.calls.personas>
export type Persona = Found['used'][number]
export type Personas = { used: readonly Persona[]; of(memberId: string): Persona | null; put(memberId: string, persona: Persona | null): Promise<void> }

/** Null where it is not known, or nothing is written for a persona. */
export function usePersonas(cohortId: string): Personas | null {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => { asMe<Found>('GET', `/cohorts/${cohortId}/personas`).then(setFound, () => undefined) }, [cohortId])
  const put = useCallback(async (memberId: string, personaKey: Persona | null) => {
    await asMe('PUT', `/cohorts/${cohortId}/members/${memberId}/persona`, { personaKey })
    setFound((was) => was && { ...was, members: [...was.members.filter((m) => m.memberId !== memberId), ...(personaKey ? [{ memberId, personaKey }] : [])] })
  }, [cohortId])
  if (!found || (found.used.length === 0 && found.members.length === 0)) return null
  return { used: [...new Set([...found.used, ...found.members.map((m) => m.personaKey)])], of: (memberId) => found.members.find((m) => m.memberId === memberId)?.personaKey ?? null, put }
}
