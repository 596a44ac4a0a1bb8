// What the rivals look at to let somebody in: the same tokens as Lectern's, by the same library (@fastify/jwt on fast-jwt).
import Fastify from 'fastify'
import { openTokens } from '#kernel/tokens'
import type { One } from '../ground.ts'

const nobody = Fastify()
const tokens = await openTokens(nobody, ['only-for-the-bench-and-for-nobody-else'])
await nobody.ready()

export const { verify } = tokens
/** Everybody's, as `tokens` of Lectern's process. */
export const passes = ({ cast }: { cast: One[] }) => cast.map((one) => ({ token: tokens.sign(one).token }))
