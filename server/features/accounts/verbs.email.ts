// Signing in by e-mail: a link is asked for, sent after the commit, and changed for a sign-in. Asking does the same work
// whether the address is anybody's or not; who that is is found out when the mail is due, and nobody hears of it.
import { createHmac } from 'node:crypto'
import type { Change, Verb } from '#kernel/change'
import { newId } from '#kernel/ids'
import { no, ok, refuse } from '#kernel/refusals'
import type { Sql } from '#kernel/sql'
import { GOOD_MINUTES, judgeLink, type Link } from './link.ts'
import { hash, lockAccount, one, person, signIn } from './store.ts'
import { countTries, linksFrom, linksTo, lockTries, waitFor, wrongFrom } from './store.tries.ts'
import { guestOf, merge } from './verbs.merge.ts'
import type { Whence } from './whence.ts'

type Asking = { email: string; ip: string; vouched: boolean }

/** Asks for a link. The aggregate is the e-mail. */
export const askLink: Verb<Asking, void> = {
  name: 'accounts.askLink',
  lock: (sql, _, items) => lockTries(sql, items.flatMap(({ email, ip }) => [linksTo(email), linksFrom(ip)])),
  decide: async (change, _, items) => one(items, async ({ email, ip, vouched }) => {
    const tried = [linksTo(email), linksFrom(ip)]
    const wait = await waitFor(change.sql, tried, change.now)
    if (wait > 0) return no(refuse('rate_limited', `Enough links were asked for. Use the newest one that arrived, or ask again in ${minutes(wait)}.`, { retryAfterMs: wait }))
    await countTries(change.sql, tried, change.now)
    const linkId = newId()
    await change.sql('INSERT INTO sign_in_links (link_id, email, vouched, asked_at) VALUES ($1, $2, $3, $4)', [linkId, email, vouched, change.now])
    change.record('account.link_asked', linkId, null)
    return ok({})
  }),
}

const minutes = (ms: number) => (ms > 90_000 ? `${Math.ceil(ms / 60_000)} minutes` : `${Math.ceil(ms / 1_000)} seconds`)

/** Whether somebody has an account under this e-mail, or a list waits for them: the name there. */
const whose = async (sql: Sql, email: string): Promise<string | undefined> => (await sql<{ name: string }>(
  `SELECT full_name AS name FROM users WHERE email = $1 AND status = 'active' UNION ALL SELECT name FROM expected($1) LIMIT 1`, [email]))[0]?.name

/** The token of a link: made from its id and the server's secret, so that a mail that is sent again is the same mail, and
 *  the token lies nowhere before that. */
export const tokenOf = (linkId: string, secret: string) => createHmac('sha256', secret).update(`sign-in link ${linkId}`).digest('base64url')

/** What is to be sent for this link: null where it is sent, outdone, too late or nobody's. From here on its token is good. */
export async function due(sql: Sql, linkId: string, secret: string): Promise<{ email: string; token: string } | null> {
  const [asked] = await sql<{ email: string; vouched: boolean }>(
    `SELECT email, vouched FROM sign_in_links WHERE link_id = $1 AND sent_at IS NULL AND used_at IS NULL AND asked_at > now() - make_interval(mins => $2)`, [linkId, GOOD_MINUTES])
  if (!asked || !(asked.vouched || (await whose(sql, asked.email)) !== undefined)) return null
  const token = tokenOf(linkId, secret)
  await sql(`UPDATE sign_in_links SET token_hash = $2, expires_at = now() + make_interval(mins => $3) WHERE link_id = $1`, [linkId, hash(token), GOOD_MINUTES])
  return { email: asked.email, token }
}

export const sent = (sql: Sql, linkId: string) => sql('UPDATE sign_in_links SET sent_at = now() WHERE link_id = $1', [linkId])

type Redeeming = { token: string; ip: string; guest: string | undefined; whence: Whence }

/** Changes a link for a sign-in; the guest who is signed in here, if one is named, becomes who the link is for. */
export const redeem: Verb<Redeeming, Link | undefined> = {
  name: 'accounts.redeem',
  async lock(sql, _, [item]) {
    const { token, ip } = item as Redeeming
    await lockTries(sql, [wrongFrom(ip)])
    const [link] = await sql<Link>(
      `SELECT link_id AS "linkId", email, vouched, asked_at AS "askedAt", expires_at AS "expiresAt", used_at AS "usedAt" FROM sign_in_links WHERE token_hash = $1 FOR UPDATE`, [hash(token)])
    if (link) await lockAccount(sql, link.email)
    return link
  },
  async decide(change, link, items) {
    let known = link
    return one(items, async (item) => {
      const outcome = await redeemed(change, known, item)
      if (outcome.ok && known) known = { ...known, usedAt: change.now }
      return outcome
    })
  },
}

async function redeemed(change: Change, link: Link | undefined, { ip, guest, whence }: Redeeming) {
  const wait = await waitFor(change.sql, [wrongFrom(ip)], change.now)
  if (wait > 0) return no(refuse('rate_limited', `Too many wrong links from this address. Try again in ${minutes(wait)}.`, { retryAfterMs: wait }))
  if (!link) {
    await countTries(change.sql, [wrongFrom(ip)], change.now)
    return no(refuse('link_unknown', 'This link is not one of ours, or is from before yesterday. Open the whole link from the e-mail, or ask for a new one.'))
  }
  const verdict = judgeLink(link, change.now)
  if (verdict === 'used') return no(refuse('link_used', 'This link, or a newer one, was used already. Ask for a new one: it takes a minute.'))
  if (verdict === 'old') return no(refuse('link_expired', `This link was good for ${GOOD_MINUTES} minutes. Ask for a new one: it takes a minute.`))
  const name = await whose(change.sql, link.email)
  if (name === undefined && !link.vouched) return no(refuse('not_listed', 'This e-mail is on no list any more. Ask your instructor to add it.'))
  // Those that were asked for before this one are of no more use; one that was asked for later is.
  await change.sql('UPDATE sign_in_links SET used_at = $3 WHERE email = $1 AND asked_at <= $2 AND used_at IS NULL', [link.email, link.askedAt, change.now])
  const who = guest === undefined ? undefined : await guestOf(change.sql, guest)
  const user = await person(change, { email: link.email, name: name ?? who?.name ?? (link.email.split('@')[0] as string) })
  if (who) await merge(change, who.userId, user)
  return ok({ ...(await signIn(change, user, whence)), merged: who !== undefined })
}
