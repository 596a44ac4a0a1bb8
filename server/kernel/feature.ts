// What a room hangs out at its door: its contract, who answers each command and call, what it adds to the snapshot, what
// it listens to, and what it does by the clock. `features.ts` lists them; nothing registers itself.
import type { Actor, Claims } from './actor.ts'
import type { Alarm } from './alarms.ts'
import type { Bytes } from './bytes.ts'
import type { Change, Fact, Verb } from './change.ts'
import type { Classes, Seat } from './classes.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config.ts'
import type { BodyOf, Code, Contract, ParamsOf, RefusalOf, ReplyOf } from './contract.ts'
import type { ReadLevels } from './heads.ts'
import type { Upload } from './incoming.ts'
import type { Standing } from './hub.ts'
import type { Log } from './log.ts'
import type { Here, Presence } from './presence.ts'
import type { Outcome, Refused } from './refusals.ts'
import type { SnapshotPart } from './snapshots.ts'
import type { Database, Sql } from './sql.ts'
import type { Tokens } from './tokens.ts'
import type { Watching } from './watching.ts'

/** What the kernel lends to a room. */
export type Kernel = {
  config: Config
  log: Log
  db: Database
  clock: Clock
  tokens: Tokens
  presence: Presence
  classes: Classes
  /** Sockets that hear what is no stream. */
  watching: Watching
  /** One change that no command asked for: a deadline, a start. */
  change<Item>(verb: Verb<Item, any>, id: string, item: Item, actor?: Actor | null): Promise<Outcome>
  /** What the rooms have that is somebody's, by room. */
  exports(userId: string): Promise<Record<string, Record<string, unknown>>>
  /** Sets a level outside a change: `body` is asked for when it is told. */
  level(stream: string, name: string, body: () => unknown): void
  /** Tells one person, on whatever node they are, what is kept nowhere: each of these counts, in their order. */
  whisper(userId: string, name: string, body: unknown): void
  /** Says something to the rooms of every other node (`words`). A hint: it may not arrive. */
  say(name: string, said: unknown): void
}

/** What a command is answered with: who asks, and how to change something. */
export type Ctx = {
  actor: Actor
  seat: Seat
  /** Whether this socket is a screen anywhere. */
  isScreen: boolean
  /** Decides under the lock of `id`, remembered under the command's key. */
  change<Item>(verb: Verb<Item, any>, id: string, item: Item): Promise<Outcome>
  /** Sends to this socket alone, right after the ack. */
  afterAck(told: import('./contract.ts').Told[]): void
  /** From now on this socket hears what is told to its person, in a class or not. */
  follow(): void
  /** Carries on with a fresh token of the same person. */
  renewed(expiresAt: Date): void
}
/** What a call over REST is answered with. `actor` is null only where the call is open. */
export type CallCtx = {
  actor: Actor
  ip: string
  /** What the asker's program calls itself. */
  agent: string
  cookie: string | undefined
  setCookie(token: string | null): void
  /** The languages that the asker's program would like, the most wanted first. */
  accepts: readonly string[]
  /** Says in which language the reply is. */
  inLanguage(tag: string): void
  /** The bytes as they come; only where the call takes an upload. */
  upload: Upload | undefined
  change<Item>(verb: Verb<Item, any>, id: string, item: Item): Promise<Outcome>
}

type Answered<C> = Promise<ReplyOf<C> | Outcome | Refused<RefusalOf<C> | Code>>
export type Action<C> = (ctx: Ctx, body: BodyOf<C>) => Answered<C>
export type CallAction<C> = (ctx: CallCtx, asked: { params: ParamsOf<C>; body: BodyOf<C> }) => C extends { replies: 'bytes' } ? Promise<Bytes | Refused<RefusalOf<C> | Code>> : Answered<C>

export type Feature = {
  contract: Contract<any, any, any, any>
  actions: Record<string, Action<any>>
  calls: Record<string, CallAction<any>>
  snapshot: Record<string, SnapshotPart>
  within: Record<string, (change: Change, fact: Fact) => Promise<void>>
  after: Record<string, (fact: Fact) => Promise<void>>
  timed: Record<string, { cron: string; work: () => Promise<void> }>
  alarms: readonly Alarm[]
  start?: (() => Promise<void>) | undefined
  /** The process is about to end: finish or put down what is under way. */
  stop?: (() => Promise<void>) | undefined
  /** What other nodes say to this room. */
  words: Record<string, (said: any) => void>
  /** Somebody came or went; `elsewhere`: on another node, whose business it is to write it down. */
  present?: ((cohortId: string, who: Here, here: boolean, elsewhere: boolean) => void) | undefined
  /** A class that this node hears was told something, all of it or staff, on whatever node. */
  heard?: ((cohortId: string, told: import('./contract.ts').Told<any>) => void) | undefined
  /** Of the one room that knows how people stand in classes. */
  standing?: Standing | undefined
  /** Levels as the database has them. */
  levels?: ReadLevels | undefined
  /** Which of these sign-ins have ended, of those that this room lets in. */
  ended?: ((familyIds: readonly string[]) => Promise<Set<string>>) | undefined
  /** Whose secret this is, where it is no token of ours: a program's key; null where it is not known here. */
  knows?: ((secret: string) => Promise<Claims | null>) | undefined
  /** What is somebody's in the tables of this room, for their copy of it. A long list is read as it is asked for (`inPages`). */
  exports?: ((sql: Sql, userId: string) => Promise<Record<string, unknown>>) | undefined
}

/** Builds the door plate. A missing action, an undeclared refusal or a wrong reply does not compile. */
export const feature = <C extends Contract<any, any, any, any>>(parts: {
  contract: C
  actions?: { [K in keyof C['commands']]: Action<C['commands'][K]> }
  calls?: { [K in keyof C['calls']]: CallAction<C['calls'][K]> }
} & Partial<Pick<Feature, 'snapshot' | 'within' | 'after' | 'timed' | 'alarms' | 'start' | 'stop' | 'words' | 'present' | 'heard' | 'standing' | 'levels' | 'ended' | 'knows' | 'exports'>>): Feature => ({
  contract: parts.contract, actions: (parts.actions ?? {}) as Feature['actions'], calls: (parts.calls ?? {}) as Feature['calls'],
  snapshot: parts.snapshot ?? {}, within: parts.within ?? {}, after: parts.after ?? {}, timed: parts.timed ?? {}, alarms: parts.alarms ?? [], start: parts.start, stop: parts.stop, words: parts.words ?? {}, present: parts.present, heard: parts.heard, standing: parts.standing, levels: parts.levels,
  ended: parts.ended, knows: parts.knows, exports: parts.exports,
})
