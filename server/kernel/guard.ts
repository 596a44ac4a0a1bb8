// Inside a transaction only its own `sql` may speak to the database. On PGlite, which is one connection, any other call
// would wait for the transaction that waits for it, for ever; on PostgreSQL it would not see what the transaction wrote.
import { AsyncLocalStorage } from 'node:async_hooks'
import type { Sql } from './sql.ts'

export type Guard = {
  /** Throws if the caller runs inside a transaction that is still open; `what` is named in the sentence. */
  refuse(what: string): void
  /** Runs `work` as the inside of a transaction that the caller begins before and ends after. Its `sql` says one
   *  statement at a time, and nothing after the end. Rejects where a statement failed and `work` resolved all the same. */
  within<T>(speak: Sql, work: (sql: Sql) => Promise<T>): Promise<T>
}

type Inside = Pick<AsyncLocalStorage<{ over: boolean }>, 'getStore' | 'run'>
const blind: Inside = { getStore: () => undefined, run: (_scope: unknown, work: () => any) => work() } as Inside

// Below Node 24 following who called whom costs every write of every socket: some 8 % of an answer's CPU (S5, five pairs).
const isDear = Number(process.versions.node.split('.')[0]) < 24

/** One guard for each open database. `mayBeBlind`: where it is dear, a class in production goes without; that is only for a
 *  database on which a wrong call would not wait for ever. Development and the tests find who is wrong. */
export function guard({ mayBeBlind = false } = {}): Guard {
  const inside: Inside = mayBeBlind && isDear && process.env.NODE_ENV === 'production' ? blind : new AsyncLocalStorage<{ over: boolean }>()
  return {
    refuse(what) {
      if (inside.getStore()?.over === false)
        throw new Error(`${what} was called inside a transaction, where only the transaction's own sql may speak: it would wait for ever. Pass that sql on, or call this after the transaction.`)
    },
    async within(speak, work) {
      const scope = { over: false, failure: undefined as unknown }
      let last: Promise<unknown> = Promise.resolve()
      const sql: Sql = (text, params) => {
        const mine = last.then(() => {
          if (scope.over) throw new Error('This transaction has ended: its sql may not be kept for later, and each of its statements must be awaited.')
          return speak(text, params)
        })
        last = mine.catch((error) => { scope.failure ??= error })
        return mine as Promise<never>
      }
      try {
        const value = await inside.run(scope, async () => work(sql))
        await last
        if (scope.failure) await stillAlive(speak, scope.failure)
        return value
      } finally {
        scope.over = true
        await last
      }
    },
  }
}

// A failed statement dooms its transaction unless a savepoint caught it: COMMIT would then quietly roll back.
async function stillAlive(speak: Sql, cause: unknown) {
  try {
    await speak('SELECT 1')
  } catch {
    throw new Error('A statement of this transaction failed and the failure was swallowed, so nothing of it was saved.', { cause })
  }
}
