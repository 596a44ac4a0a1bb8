// Who this tab is. A person walks in once a browser; a tab remembers which person it is, so that an instructor, a learner
// and the projector can be three tabs of one browser, and a reload keeps each. Refresh tokens lie in localStorage by
// person, since the tabs of one person must not use an old one; the access token lives in memory only.
import { create } from 'zustand'
import { ask, type Method, Refusal } from './api.ts'

export type User = { userId: string; name: string; email: string | null }
export type SignIn = { accessToken: string; refreshToken: string; user: User }
type Kept = { user: User; refreshToken: string }

/** Why nobody is signed in: `never`, or the sign-in was `ended`. */
export const useAccount = create<{ user: User | null; why: 'never' | 'ended'; viewing: Viewing | null }>(() => ({ user: null, why: 'never', viewing: null }))
/** Whoever sees Lectern as somebody else: as whom, and until when. In this tab only; there is nothing to refresh. */
export type Viewing = { user: User; token: string; until: number }

const TAB = 'lectern:me'
const LAST = 'lectern:last'
const AS = 'lectern:as'
const became = (guestId: string) => `lectern:became:${guestId}`
const kept = (userId: string) => `lectern:sign-in:${userId}`
let access: { token: string; until: number } | null = null
let refreshing: Promise<string> | null = null

/** Finds out who this tab is: as the address says (`#me=…`, from a tab of the same person), as before, or as last. */
export function recall(): void {
  const asked = /^#me=([0-9a-f-]{36})$/.exec(location.hash)?.[1]
  if (asked) history.replaceState(null, '', location.pathname + location.search)
  const viewing = JSON.parse(sessionStorage.getItem(AS) ?? 'null') as Viewing | null
  if (viewing && viewing.until > Date.now()) { useAccount.setState({ user: viewing.user, viewing }); return }
  const userId = asked ?? sessionStorage.getItem(TAB) ?? localStorage.getItem(LAST)
  const who = userId && (read(userId) ?? read(localStorage.getItem(became(userId)) ?? ''))
  if (!who) return
  sessionStorage.setItem(TAB, who.user.userId)
  useAccount.setState({ user: who.user })
}

/** From now on this tab sees Lectern as the token says. */
export async function signedInAs(accessToken: string, expiresAt: string): Promise<void> {
  const { user } = await ask<{ user: User }>('GET', '/me', undefined, accessToken)
  const viewing = { user, token: accessToken, until: Date.parse(expiresAt) }
  sessionStorage.setItem(AS, JSON.stringify(viewing))
  useAccount.setState({ user, viewing })
}

/** This tab is oneself again; `tell`: the server does not know yet. */
export async function stopViewing(tell = true): Promise<void> {
  const { viewing } = useAccount.getState()
  if (!viewing) return
  sessionStorage.removeItem(AS)
  useAccount.setState({ user: null, viewing: null })
  recall()
  if (tell) await ask('POST', '/view-as/stop', undefined, viewing.token).catch(() => undefined)
}

/** Takes a sign-in that the server gave. */
export function signedIn({ accessToken, refreshToken, user }: SignIn): void {
  keep({ user, refreshToken })
  sessionStorage.setItem(TAB, user.userId)
  localStorage.setItem(LAST, user.userId)
  hold(accessToken)
  useAccount.setState({ user, why: 'never' })
}

/** The refresh token of a guest, who has no e-mail: they may turn out to be somebody who has. */
export function asGuest(): string | undefined {
  const { user, viewing } = useAccount.getState()
  return user && user.email === null && !viewing ? read(user.userId)?.refreshToken : undefined
}

/** The guest who was in here is somebody now: their papers go over, and their other tabs go on as who they are. */
export function becomes(guestId: string, signIn: SignIn): void {
  const papers = (userId: string) => `lectern:answer:${userId}:`
  for (const key of Object.keys(localStorage)) {
    if (!key.startsWith(papers(guestId))) continue
    localStorage.setItem(key.replace(papers(guestId), papers(signIn.user.userId)), localStorage.getItem(key) as string)
    localStorage.removeItem(key)
  }
  localStorage.removeItem(kept(guestId))
  signedIn(signIn)
  localStorage.setItem(became(guestId), signIn.user.userId)
}

let was: string | undefined
/** A tab may hear that the guest is no more before the tab beside it has heard who they became. */
addEventListener('storage', ({ key, newValue }) => {
  const who = was !== undefined && key === became(was) && newValue && read(newValue)
  if (who && !useAccount.getState().user) goOnAs(who.user)
})

function goOnAs(user: User): void {
  sessionStorage.setItem(TAB, user.userId)
  useAccount.setState({ user, why: 'never' })
}

/** Nobody is signed in here any more. */
export function forget(why: 'never' | 'ended'): void {
  if (useAccount.getState().viewing) { void stopViewing(false); return }
  const userId = useAccount.getState().user?.userId
  was = userId
  if (userId) {
    localStorage.removeItem(kept(userId))
    if (localStorage.getItem(LAST) === userId) localStorage.removeItem(LAST)
  }
  sessionStorage.removeItem(TAB)
  access = null
  const now = userId && why === 'ended' && read(localStorage.getItem(became(userId)) ?? '')
  if (now) goOnAs(now.user)
  else useAccount.setState({ user: null, why })
}

export async function signOut(): Promise<void> {
  if (useAccount.getState().viewing) return stopViewing()
  const userId = useAccount.getState().user?.userId
  const refreshToken = userId && read(userId)?.refreshToken
  if (refreshToken) await ask('POST', '/auth/sign-out', { refreshToken }).catch(() => undefined)
  forget('never')
}

/** An access token that is good for half a minute at least. Throws a `Refusal`: `unheard`, or `unauthenticated`, and
 *  then nobody is signed in. */
export async function token(): Promise<string> {
  const { viewing } = useAccount.getState()
  if (viewing) return viewing.until > Date.now() ? viewing.token : renewed()
  return access && access.until > Date.now() + 30_000 ? access.token : renewed()
}

/** A fresh access token. Tabs of one person take turns where the browser lets them (not on plain http; there the server
 *  gives two that ask at once the same successor). */
export function renewed(): Promise<string> {
  const { viewing } = useAccount.getState()
  if (viewing) return stillViewing(viewing)
  refreshing ??= inTurn(refresh).finally(() => { refreshing = null })
  return refreshing
}

/** The token that one views with, if the server still takes it: there is no other. */
async function stillViewing({ token: held, until }: Viewing): Promise<string> {
  const over = until <= Date.now() || await ask('GET', '/me', undefined, held).then(() => false, (error) => (error as Refusal).status === 401)
  if (!over) return held
  await stopViewing(false)
  throw new Refusal('unauthenticated', '', 401)
}

const inTurn = <T>(work: () => Promise<T>): Promise<T> => (navigator.locks ? navigator.locks.request('lectern:refresh', work) : work())

async function refresh(): Promise<string> {
  const userId = useAccount.getState().user?.userId
  const who = userId ? read(userId) : null
  if (!who) throw nobody()
  try {
    const fresh = await ask<{ accessToken: string; refreshToken: string }>('POST', '/auth/refresh', { refreshToken: who.refreshToken })
    keep({ user: who.user, refreshToken: fresh.refreshToken })
    return hold(fresh.accessToken)
  } catch (error) {
    if (!(error instanceof Refusal) || error.status < 400 || error.status >= 500 || error.status === 429) throw error
    throw nobody()
  }
}

function nobody(): Refusal {
  forget('ended')
  return new Refusal('unauthenticated', '', 401)
}

/** Asks as the person who is signed in; once more where the token had run out. */
export async function asMe<T>(method: Method, path: string, body?: object): Promise<T> {
  try {
    return await ask<T>(method, path, body, await token())
  } catch (error) {
    if (!(error instanceof Refusal) || error.status !== 401 || !useAccount.getState().user) throw error
    return ask<T>(method, path, body, await renewed())
  }
}

function hold(jwt: string): string {
  const { iat, exp } = JSON.parse(atob(jwt.split('.')[1]!.replaceAll('-', '+').replaceAll('_', '/'))) as { iat: number; exp: number }
  access = { token: jwt, until: Date.now() + (exp - iat) * 1000 }
  return jwt
}

const keep = (who: Kept): void => localStorage.setItem(kept(who.user.userId), JSON.stringify(who))

function read(userId: string): Kept | null {
  try {
    return JSON.parse(localStorage.getItem(kept(userId)) ?? 'null')
  } catch {
    return null
  }
}
