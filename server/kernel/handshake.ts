// The door of the socket: which wire it speaks, where its page comes from, who it is. A refusal is a `connect_error` whose
// `data.code` says why.
import type { IncomingMessage } from 'node:http'
import type { Claims } from './actor.ts'
import type { Config } from './config.ts'
import type { Refusal } from './contract.ts'
import type { Tokens } from './tokens.ts'

export const SOCKETS_A_PERSON = 8

type Asked = { auth: Record<string, unknown>; request: Pick<IncomingMessage, 'headers'> }

/** Who comes in, or why not. */
export function welcome(config: Config, tokens: Tokens, wire: number, { auth, request }: Asked): Claims | Refusal {
  const { origin, host } = request.headers
  if (origin !== undefined && !isHome(config, origin, host)) return { code: 'forbidden', message: 'A page of another site may not connect. Add its origin to ALLOWED_ORIGINS if it is yours.' }
  if (auth.wire !== wire) return { code: 'upgrade_required', message: `This server speaks wire ${wire}. Reload the page to get the client that fits.`, details: { wire } }
  return tokens.verify(auth.token) ?? { code: 'unauthenticated', message: 'Sign in again: the token is missing, has expired or is not ours.' }
}

/** Whether a page of this origin may speak to us: our own address, the public one, or one that was allowed. */
export function isHome(config: Config, origin: string, host: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  return origin === new URL(config.publicUrl).origin || config.allowedOrigins.includes(origin) || new URL(origin).host === host
}
