// Access tokens: who somebody is, for fifteen minutes. Signed by @fastify/jwt with the first secret; all secrets verify,
// so that a secret can be changed without signing anybody out.
import jwt from '@fastify/jwt'
import type { FastifyInstance } from 'fastify'
import type { Actor, Claims } from './actor.ts'

export const ACCESS_SECONDS = 15 * 60

export type Tokens = {
  /** A token that says this, and when it ends: in fifteen minutes, or `until`. */
  sign(actor: Actor, until?: Date): { token: string; expiresAt: Date }
  /** What a token says; null where it is forged, expired or not a token. */
  verify(token: unknown): Claims | null
}

type Signer = { sign(payload: object, options: object): string; verify(token: string): unknown }

export async function openTokens(http: FastifyInstance, secrets: readonly string[], seconds = ACCESS_SECONDS): Promise<Tokens> {
  for (const [i, secret] of secrets.entries()) {
    await http.register(jwt, { secret, namespace: `s${i}`, sign: { algorithm: 'HS256' }, verify: { algorithms: ['HS256'] } } as never)
  }
  const signers = () => secrets.map((_, i) => (http.jwt as unknown as Record<string, Signer>)[`s${i}`] as Signer)
  return {
    sign(actor, until) {
      const now = Math.floor(Date.now() / 1000)
      const expiresIn = until ? Math.max(1, Math.floor(until.getTime() / 1000) - now) : seconds
      const expiresAt = new Date((now + expiresIn) * 1000)
      const token = (signers()[0] as Signer).sign({ sub: actor.userId, fam: actor.familyId, name: actor.name, ...(actor.by && { by: actor.by }) }, { expiresIn })
      return { token, expiresAt }
    },
    verify(token) {
      if (typeof token !== 'string' || token.length > 4_000) return null
      for (const s of signers()) {
        try {
          const said = s.verify(token) as Partial<Claims>
          return typeof said.sub === 'string' && typeof said.fam === 'string' && typeof said.exp === 'number' ? { sub: said.sub, fam: said.fam, name: said.name ?? '', exp: said.exp, ...(said.by && { by: said.by }) } : null
        } catch {}
      }
      return null
    },
  }
}
