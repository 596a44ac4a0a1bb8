// What the account page asks for, by the contracts' types.
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { access } from '../../server/features/access/contract.ts'
import type { accounts, Education, Experience, Identity, Profile, Session } from '../../server/features/accounts/contract.ts'

type Calls = typeof accounts.calls
export type { Education, Experience, Identity, Profile, Session }
export type Away = ReplyOf<Calls['oidc']>
export type Ways = ReplyOf<Calls['ways']>
export type Identities = ReplyOf<Calls['identities']>
export type Sessions = ReplyOf<Calls['sessions']>
export type SignedIn = ReplyOf<Calls['oidcRedeem']>
export type Views = ReplyOf<(typeof access.calls)['views']>
