// A refusal is an answer, not an accident: it is returned, never thrown. Its message is a sentence a person can act on.
import type { Refusal } from './contract.ts'

export type Refused<X extends string = string> = { readonly refused: Refusal<X> }
export type Outcome<R = unknown> = { ok: true; data: R } | { ok: false; error: Refusal }

/** Says no. `message`: a sentence that helps; `details`: what a program needs to go on. */
export const refuse = <const X extends string>(code: X, message: string, details?: Record<string, unknown>): Refused<X> => ({
  refused: details ? { code, message, details } : { code, message },
})

export const isRefused = (value: unknown): value is Refused => typeof value === 'object' && value !== null && 'refused' in value

/** The outcome that a reply or a refusal amounts to. */
export const outcomeOf = (value: unknown): Outcome => (isRefused(value) ? { ok: false, error: value.refused } : { ok: true, data: value })
export const ok = <R>(data: R): Outcome<R> => ({ ok: true, data })
export const no = (r: Refused): Outcome<never> => ({ ok: false, error: r.refused })

export const notFound = (what: string) => refuse('not_found', `There is no such ${what}, or it is not yours to see.`)
export const forbidden = (what: string) => refuse('forbidden', `You may not ${what} here.`)
export const unauthenticated = () => refuse('unauthenticated', 'Sign in first: the token is missing, has expired or was ended.')
export const busy = (retryAfterMs: number) => refuse('unavailable', 'Too busy right now, or the commit was not heard of. Ask again with the same key.', { retryAfterMs })
export const conflictingKey = () => refuse('conflict', 'This key was used for something else. Make a new key for a new command.')

/** Outcomes that are not remembered under a key: asking again may go better. */
export const NOT_REMEMBERED = new Set(['bad_request', 'unauthenticated', 'rate_limited', 'too_large', 'unavailable', 'internal'])

/** The status that a code has over REST (RFC 9110). Refusals with names of their own are conflicts with the state. */
export const STATUS: Record<string, number> = {
  bad_request: 400, unauthenticated: 401, forbidden: 403, not_found: 404, conflict: 409, too_large: 413, rate_limited: 429, internal: 500, unavailable: 503,
  another_organisation: 422, module_locked: 403, bad_rule: 422, unknown_type: 422, unsupported_type: 415,
}
export const statusOf = (code: string) => STATUS[code] ?? 409
