import type { Fact } from '#kernel/change'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { prune } from '#kernel/prune'
import { actions } from './actions.ts'
import { accounts as contract } from './contract.ts'
import { openPost } from './gateway.ts'
import { hrefOf } from './link.ts'
import { exports } from './store.export.ts'
import { ended } from './store.ts'
import { forget } from './verbs.close.ts'
import { due, sent } from './verbs.email.ts'

export const accounts = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  after: { 'account.link_asked': mailing(kernel) },
  ended: (families) => ended(kernel.db.sql, families),
  exports,
  within: { 'account.forgotten': forget },
  timed: {
    'prune.sign-ins': prune(kernel.db, 'user_sessions', 'session_id', `coalesce(revoked_at, expires_at) < now() - interval '30 days'`, 17),
    'prune.links': prune(kernel.db, 'sign_in_links', 'link_id', `asked_at < now() - interval '1 day'`, 22),
    'prune.flows': prune(kernel.db, 'oidc_flows', 'flow_hash', `asked_at < now() - interval '1 hour'`, 32),
    'prune.whence': prune(kernel.db, 'sign_ins', 'family_id', 'NOT EXISTS (SELECT 1 FROM user_sessions s WHERE s.family_id = sign_ins.family_id)', 37),
    'prune.companies': prune(kernel.db, 'companies', 'company_id', 'NOT EXISTS (SELECT 1 FROM user_experiences e WHERE e.company_id = companies.company_id)', 42),
    'prune.tries': prune(kernel.db, 'sign_in_tries', 'try_id', `at < now() - interval '1 hour'`, 27),
  },
})

/** Sends the link, if the address is anybody's. Tried again, it is the same mail with the same link. */
function mailing({ config, db, log }: Kernel) {
  const post = openPost(config, log)
  return async ({ factId, about: linkId, at }: Fact) => {
    const letter = await due(db.sql, linkId, config.jwtSecrets[0] as string)
    if (!letter) return
    await post({ id: factId, to: letter.email, href: hrefOf(config.publicUrl, letter.token, letter.email), at })
    await sent(db.sql, linkId)
  }
}
