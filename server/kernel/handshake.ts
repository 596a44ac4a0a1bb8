// The door of the socket: which wire it speaks, where its page comes from, who it is. A refusal is a `connect_error` whose
// `data.code` says why.
import type { IncomingMessage } from 'node:http'
import type { Server, Socket } from 'socket.io'
import { actorOf, type Claims } from './actor.ts'
import type { Config } from './config.ts'
import type { Refusal } from './contract.ts'
import { gather } from './gather.ts'
import type { Metrics } from './metrics.ts'
import type { Tokens } from './tokens.ts'

export const SOCKETS_A_PERSON = 8
/** A crowd that comes in is looked up together, ms. */
const SPACING = 50

type Asked = { auth: Record<string, unknown>; request: Pick<IncomingMessage, 'headers'> }

type Parts = {
  config: Config; tokens: Tokens; wire: number; metrics: Metrics
  ended(familyIds: readonly string[]): Promise<Set<string>>
  knows(secret: string): Promise<Claims | null>
}

/** Asks everybody at the door. `people`: the sockets of each person, those on their way in among them. */
export function openHandshake(io: Server, p: Parts, isDraining: () => boolean) {
  const people = new Map<string, Set<Socket>>()
  const hasEnded = gather<string, true>(async (families) => new Map([...(await p.ended(families))].map((f) => [f, true])), 200, SPACING)

  io.use(async (socket, next) => {
    const refused = (r: { code: string; message: string; details?: Record<string, unknown> }) => {
      p.metrics.refusedHandshakes.inc({ code: r.code })
      next(Object.assign(new Error(r.message), { data: { code: r.code, message: r.message, ...r.details } }))
    }
    if (isDraining()) return refused({ code: 'unavailable', message: 'This server is stopping; another will be there in a moment.', details: { retryAfterMs: 1_000 } })
    const unknown = () => refused({ code: 'unavailable', message: 'Who you are could not be looked up right now. Try again in a moment.', details: { retryAfterMs: 1_000 } })
    const said = await welcome(p, { auth: socket.handshake.auth, request: socket.request }).catch(() => null)
    if (!said) return unknown()
    if ('code' in said) return refused(said)
    if ((people.get(said.sub)?.size ?? 0) >= SOCKETS_A_PERSON) {
      return refused({ code: 'unavailable', message: `You are here ${SOCKETS_A_PERSON} times already. Close a window and try again.`, details: { retryAfterMs: 10_000 } })
    }
    const mine = people.get(said.sub) ?? new Set()
    people.set(said.sub, mine.add(socket))
    const gone = () => {
      mine.delete(socket)
      if (mine.size === 0 && people.get(said.sub) === mine) people.delete(said.sub)
    }
    socket.once('disconnect', gone)
    socket.conn.once('close', gone)
    hasEnded(said.fam).then((ended) => {
      if (ended) gone()
      if (ended) return refused({ code: 'unauthenticated', message: 'This sign-in was ended. Sign in again.' })
      socket.data = { actor: actorOf(said), expiresAt: said.exp * 1000 }
      next()
    }, () => {
      gone()
      unknown()
    })
  })
  return { people }
}

/** Who comes in, or why not. */
async function welcome({ config, tokens, wire, knows }: Parts, { auth, request }: Asked): Promise<Claims | Refusal> {
  const { origin, host } = request.headers
  if (origin !== undefined && !isHome(config, origin, host)) return { code: 'forbidden', message: 'A page of another site may not connect. Add its origin to ALLOWED_ORIGINS if it is yours.' }
  if (auth.wire !== wire) return { code: 'upgrade_required', message: `This server speaks wire ${wire}. Reload the page to get the client that fits.`, details: { wire } }
  return tokens.verify(auth.token) ?? (typeof auth.token === 'string' ? await knows(auth.token) : null) ?? { code: 'unauthenticated', message: 'Sign in again: the token is missing, has expired or is not ours.' }
}

/** Whether a page of this origin may speak to us: our own address, the public one, or one that was allowed. */
export function isHome(config: Config, origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  return origin === new URL(config.publicUrl).origin || config.allowedOrigins.includes(origin) || new URL(origin).host === host
}
