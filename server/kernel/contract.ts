// A contract is data. From these declarations come the types at both ends, the validation at both doors, the AsyncAPI
// and OpenAPI documents and the pinned hash of the wire. Pure: the client imports it too.
import { type Static, type TObject, type TProperties, type TSchema, Type } from 'typebox'

/** What somebody is in a cohort. A screen is staff at the projector: it hears the public part only. */
export type Role = 'learner' | 'instructor' | 'observer' | 'screen'

/** Who hears a push: one stream each. Written beside its schema, so that a leak shows in review. */
export type Audience = 'cohort' | 'staff' | 'user'

/** Who may ask: roles in the cohort concerned, or anybody who is signed in. */
export type May = readonly Role[] | 'anybody'

export type Command<B extends TSchema = TSchema, R extends TSchema = TSchema, X extends string = string> = {
  changes: boolean
  may: May
  body: B
  reply: R
  refusals: readonly X[]
  says: string
}
export type Call<P extends TSchema = TSchema, B extends TSchema = TSchema, R extends TSchema = TSchema, X extends string = string> = {
  rest: `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`
  open: boolean
  personal: boolean
  status: number
  params: P
  body: B
  /** Of a call whose body is bytes: which types it takes, and how many bytes at most. */
  upload: Takes | null
  reply: R
  replies: Replies
  refusals: readonly X[]
  says: string
}
export type Takes = { types: readonly string[]; most: number }
/** What a reply is made of: `bytes` are no JSON, and have a type of their own. */
export type Replies = 'json' | 'bytes'
export type Push<B extends TSchema = TSchema> = { to: readonly Audience[]; passing: boolean; body: B; says: string }

export type Contract<
  N extends string = string,
  C extends Record<string, Command> = Record<string, Command>,
  L extends Record<string, Call> = Record<string, Call>,
  P extends Record<string, Push> = Record<string, Push>,
> = { name: N; commands: C; calls: L; pushes: P }

const closed = { additionalProperties: false } as const

/** An object that refuses fields it does not know. */
export const exactly = <P extends TProperties>(properties: P): TObject<P> => Type.Object(properties, closed)

/** A UUID in its text form; an upper-case one is lowered at the door. */
export const Uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$', description: 'a UUID' })
/** An instant: RFC 3339 in UTC with milliseconds. */
export const Instant = Type.String({ format: 'date-time', description: 'an instant, RFC 3339, UTC' })
export const orNull = <S extends TSchema>(schema: S) => Type.Union([schema, Type.Null()])
export const Nothing = exactly({})

type Says = { says: string }
const KEY = { key: Type.Optional(Uuid) } as const

/** A command that changes something. It takes `key`, so that asking twice is asking once. */
export const command = <B extends TProperties, R extends TProperties = Record<never, never>, const X extends string = never>(
  c: Says & { may: May; body: B; reply?: R; refusals?: readonly X[] },
): Command<TObject<B & typeof KEY>, TObject<R>, X> => ({
  changes: true, may: c.may, body: exactly({ ...c.body, ...KEY }), reply: exactly(c.reply ?? ({} as R)), refusals: c.refusals ?? [], says: c.says,
})

/** A command that changes nothing that is kept. */
export const question = <B extends TProperties, R extends TProperties = Record<never, never>, const X extends string = never>(
  c: Says & { may: May; body: B; reply?: R; refusals?: readonly X[] },
): Command<TObject<B>, TObject<R>, X> => ({
  changes: false, may: c.may, body: exactly(c.body), reply: exactly(c.reply ?? ({} as R)), refusals: c.refusals ?? [], says: c.says,
})

/** A call over REST. `open` ones need no token; `personal` ones are for the person alone: no program, and nobody who views as
 *  them. `params` are those of the path and the query. `upload`: its body is bytes of these types, read as they come. */
export const call = <P extends TProperties = Record<never, never>, B extends TSchema = TObject<Record<never, never>>, R extends TSchema = TObject<Record<never, never>>, const X extends string = never, const K extends Replies = 'json'>(
  rest: Call['rest'],
  c: Says & { open?: boolean; personal?: boolean; status?: number; params?: P; body?: B; upload?: Takes; reply?: R; replies?: K; refusals?: readonly X[] },
): Call<TObject<P>, B, R, X> & { replies: K } => ({
  rest, open: c.open ?? false, personal: c.personal ?? false, status: c.status ?? 200, params: exactly(c.params ?? ({} as P)),
  body: c.body ?? (Nothing as unknown as B), upload: c.upload ?? null, reply: c.reply ?? (Nothing as unknown as R), replies: c.replies ?? ('json' as K), refusals: c.refusals ?? [], says: c.says,
})

/** One fact told once, in order: it has a place in its stream. */
export const push = <B extends TProperties>(to: Audience | readonly Audience[], body: B, says: string): Push<TObject<B>> => ({
  to: typeof to === 'string' ? [to] : to, passing: false, body: Type.Object(body), says,
})

/** A level: the newest wins, nothing is replayed. */
export const passing = <B extends TProperties>(to: Audience | readonly Audience[], body: B, says: string): Push<TObject<B>> => ({
  ...push(to, body, says), passing: true,
})

export const contract = <
  const N extends string,
  C extends Record<string, Command<any, any, any>> = Record<never, never>,
  L extends Record<string, Call<any, any, any, any>> = Record<never, never>,
  P extends Record<string, Push<any>> = Record<never, never>,
>(name: N, parts: { commands?: C; calls?: L; pushes?: P }): Contract<N, C, L, P> => ({
  name, commands: parts.commands ?? ({} as C), calls: parts.calls ?? ({} as L), pushes: parts.pushes ?? ({} as P),
})

/** What goes wrong everywhere; each command adds refusals of its own. */
export const CODES = ['bad_request', 'unauthenticated', 'forbidden', 'not_found', 'conflict', 'rate_limited', 'too_large', 'unavailable', 'internal'] as const
export type Code = (typeof CODES)[number]
export type Refusal<X extends string = string> = { code: X; message: string; details?: Record<string, unknown> }
export type Ack<R, X extends string = string> = { ok: true; data: R } | { ok: false; error: Refusal<X> }

export type BodyOf<C> = C extends { body: infer B extends TSchema } ? Static<B> : never
export type ParamsOf<C> = C extends { params: infer P extends TSchema } ? Static<P> : never
export type ReplyOf<C> = C extends { reply: infer R extends TSchema } ? Static<R> : never
export type RefusalOf<C> = C extends { refusals: readonly (infer X extends string)[] } ? X : never

type Merge<U> = (U extends unknown ? (u: U) => void : never) extends (i: infer I) => void ? I : never
type CommandsOfOne<K> = K extends Contract<infer N, infer C, any, any> ? { [E in keyof C & string as `${N}:${E}`]: C[E] } : never
type PushesOfOne<K> = K extends Contract<infer N, any, any, infer P> ? { [E in keyof P & string as `${N}:${E}`]: BodyOf<P[E]> } : never
/** Every command of a list of contracts by its name on the wire. */
export type CommandsOf<L extends readonly unknown[]> = Merge<CommandsOfOne<L[number]>>
/** The body of every push of a list of contracts by its name on the wire. */
export type PushesOf<L extends readonly unknown[]> = Merge<PushesOfOne<L[number]>>

/** A push as it travels: durable ones have a place in a stream, passing ones only a time. */
export type Frame<B = unknown> = { stream?: string; seq?: number; at: string; body: B }
export type Told<B = unknown> = [name: string, frame: Frame<B>]
