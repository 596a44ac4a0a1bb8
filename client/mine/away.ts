// Away to a provider and back: what this window keeps meanwhile. Nobody else's window can finish what was begun here.
import { asGuest, asMe, becomes, signedIn, useAccount } from '../account.ts'
import { ask } from '../api.ts'
import type { Away, Identity, SignedIn } from './wire.ts'

const FLOW = 'lectern:flow'
type Kept = { flow: string; name: string; adds: boolean; same: boolean }
export type To = { email?: string; sso?: string }

/** Goes to the provider to sign in; `same`: the guest who is in here is the same person. Throws a `Refusal`. */
export async function signInWith(to: To, same: boolean): Promise<void> {
  go(await ask<Away>('POST', '/auth/oidc', to), { adds: false, same })
}

/** Goes to the provider to add it as one's own. */
export async function addWith(to: To): Promise<void> {
  go(await asMe<Away>('POST', '/me/identities', to), { adds: true, same: false })
}

function go({ url, flow, name }: Away, how: Pick<Kept, 'adds' | 'same'>): void {
  sessionStorage.setItem(FLOW, JSON.stringify({ flow, name, ...how } satisfies Kept))
  location.assign(url)
}

export type Came = { kind: 'in'; name: string } | { kind: 'added'; name: string }
let coming: { query: string; came: Promise<Came | null> } | null = null

/** Finishes what this address is the end of, once, also where the page is drawn twice; null where nothing was begun here. */
export function come(query: string): Promise<Came | null> {
  if (coming?.query !== query) coming = { query, came: finish(new URLSearchParams(query)) }
  return coming.came
}

/** Whether what was begun here adds a provider, rather than signing in. */
export const isAdding = (): boolean => (JSON.parse(sessionStorage.getItem(FLOW) ?? 'null') as Kept | null)?.adds ?? false

async function finish(query: URLSearchParams): Promise<Came | null> {
  const kept = JSON.parse(sessionStorage.getItem(FLOW) ?? 'null') as Kept | null
  if (!kept) return null
  const said = Object.fromEntries(['code', 'state', 'iss', 'error'].flatMap((part) => (query.has(part) ? [[part, query.get(part) as string]] : [])))
  if (kept.adds) {
    await asMe<Identity>('POST', '/me/identities/redeem', { ...said, flow: kept.flow })
    sessionStorage.removeItem(FLOW)
    return { kind: 'added', name: kept.name }
  }
  const { user } = useAccount.getState()
  const guest = kept.same ? asGuest() : undefined
  const answer = await ask<SignedIn>('POST', '/auth/oidc/redeem', { ...said, flow: kept.flow, ...(guest && { guest }) })
  sessionStorage.removeItem(FLOW)
  if (user && answer.merged) becomes(user.userId, answer)
  else signedIn(answer)
  return { kind: 'in', name: answer.user.name }
}
