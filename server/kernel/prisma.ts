// Prisma, made at its first use, since importing and starting it costs a good part of a second. Reads and simple writes
// only: transactions belong to `database.transaction`, on both databases alike.
import type { SqlDriverAdapterFactory } from '@prisma/client/runtime/client'
import type { PrismaClient } from '#prisma'
import type { Guard } from './guard.ts'

type Call = (...given: unknown[]) => Promise<unknown>
const REFUSED = new Set(['$transaction', '$extends', '$on', '$connect', '$disconnect'])

/** A PrismaClient that opens itself, refuses to work inside a transaction, and whose calls are plain promises (so no
 *  fluent `findUnique().relation()`: say `include`). `end` disconnects it if it was ever used. */
export function prismaOver(adapter: () => Promise<SqlDriverAdapterFactory>, guard: Guard): { prisma: PrismaClient; end(): Promise<void> } {
  let opening: Promise<PrismaClient> | undefined
  const client = () =>
    (opening ??= (async () => {
      const [{ PrismaClient }, over] = await Promise.all([import('#prisma'), adapter()])
      return new PrismaClient({ adapter: over })
    })())

  const call = (what: string, pick: (client: PrismaClient) => Call): Call => async (...given) => {
    guard.refuse(what)
    return pick(await client())(...given)
  }
  const model = (name: string) =>
    new Proxy({}, {
      get: (_, verb) =>
        typeof verb === 'symbol' || verb === 'then' ? undefined : call(`prisma.${name}.${verb}`, (c) => (...given) => methods(c)[name]![verb]!(...given)),
    })
  const prisma = new Proxy({}, {
    get(_, name) {
      if (typeof name === 'symbol' || name === 'then') return undefined
      if (REFUSED.has(name)) return () => { throw new Error(`prisma.${name} is not for rooms: use database.transaction, and leave the connection to the kernel.`) }
      return name.startsWith('$') ? call(`prisma.${name}`, (c) => (...given) => (c as unknown as Record<string, Call>)[name]!(...given)) : model(name)
    },
  })
  return { prisma: prisma as PrismaClient, end: async () => { await (await opening)?.$disconnect() } }
}

const methods = (client: PrismaClient) => client as unknown as Record<string, Record<string, Call>>
