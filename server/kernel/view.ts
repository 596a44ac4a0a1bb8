// How a client keeps its picture: a snapshot, and then what it hears, folded key by key by the rooms' `view.ts`.
// Pure: the server's tests and the client run the same lines.
import type { Role } from './contract.ts'

/** Who is looking: decides what a push means for one's own part. */
export type Looker = { role: Role; userId: string; memberId: string | null }

/** What was heard: the name of the push, its body, and the database's time of the commit (microseconds, so that
 *  two streams can be laid over each other in the order of their commits). */
export type Heard = { name: string; body: any; at: string }

/** Folds what is heard into one key of the snapshot; the same object comes back where nothing changed.
 *  `unknown`: it concerns something that has not been heard of yet, so keep it and try again later. */
export type View<T> = {
  key: string
  heard(value: T, heard: Heard, looker: Looker): T
  unknown?(value: T, heard: Heard): boolean
}
