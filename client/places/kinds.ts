// What an organisation knows: the kinds of its places; read once a page.
import { useEffect, useState } from 'react'
import { type Kind, readKinds } from './wire.ts'

const asked = new Map<string, Promise<readonly Kind[]>>()

/** Null until they are known, and where they cannot be read. */
export function useKinds(orgId: string | undefined): readonly Kind[] | null {
  const [kinds, setKinds] = useState<{ orgId: string; types: readonly Kind[] } | null>(null)
  useEffect(() => {
    if (!orgId) return
    if (!asked.has(orgId)) asked.set(orgId, readKinds(orgId).then((r) => r.types))
    asked.get(orgId)!.then((types) => setKinds({ orgId, types }), () => asked.delete(orgId))
  }, [orgId])
  return kinds && kinds.orgId === orgId ? kinds.types : null
}

/** The kinds that may stand below one of this kind. */
export function kindsBelow(kinds: readonly Kind[] | null, above: string): readonly Kind[] {
  const allowed = kinds?.find((k) => k.key === above)?.allowedChildren
  return (kinds ?? []).filter((k) => !allowed || allowed.includes(k.key))
}
