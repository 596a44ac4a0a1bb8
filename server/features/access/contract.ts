// Who may do what where, and why: roles, grants, keys of programs, and seeing Lectern as somebody else does.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, Nothing, orNull, Uuid } from '#kernel/contract'

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'small letters, figures and underscores' })
const Permission = Type.String({ minLength: 1, maxLength: 60 })
const Effect = Type.Union([Type.Literal('allow'), Type.Literal('deny')])
const Says = Type.Record(Permission, Effect, { maxProperties: 100 })
const Cursor = Type.Optional(Type.String({ maxLength: 400 }))

export const RoleRow = exactly({ roleId: Uuid, key: Type.String(), name: Type.String(), own: Type.Boolean(), permissions: Type.Record(Type.String(), Effect), rowVersion: Type.Integer(), holders: Type.Integer() })
export type RoleRow = Static<typeof RoleRow>
/** A grant as it holds at a place; `node` is where it was given: there or above. A role or one permission. */
export const Grant = exactly({
  grantId: Uuid, user: exactly({ userId: Uuid, name: Type.String(), email: orNull(Type.String()), program: Type.Boolean() }),
  node: exactly({ nodeId: Uuid, name: Type.String() }), cohort: orNull(exactly({ cohortId: Uuid, name: Type.String() })),
  role: orNull(exactly({ roleId: Uuid, key: Type.String(), name: Type.String() })), permission: orNull(Type.String()), effect: Effect,
  from: Instant, until: orNull(Instant), grantedBy: orNull(Type.String()), grantedAt: Instant,
})
export type Grant = Static<typeof Grant>

/** Why: the grant that decides. `by` is null where nothing was granted, and where the list of the cohort decides. */
export const Why = exactly({
  allowed: Type.Boolean(),
  says: Type.String({ description: 'the verdict in a sentence' }),
  by: orNull(exactly({ grantId: Uuid, effect: Effect, role: orNull(Type.String()), permission: Type.String(), node: exactly({ nodeId: Uuid, name: Type.String() }), cohortId: orNull(Uuid), until: orNull(Instant) })),
  others: Type.Integer({ minimum: 0, description: 'how many more grants say the same' }),
})
export type Why = Static<typeof Why>
const ASKED = { permission: Permission, node: Type.Optional(Uuid), cohort: Type.Optional(Uuid) }

export const ApiKey = exactly({
  keyId: Uuid, name: Type.String(), prefix: Type.String(), scopes: Type.Array(Type.String()), node: exactly({ nodeId: Uuid, name: Type.String() }),
  madeBy: Type.String(), madeAt: Instant, expiresAt: orNull(Instant), lastUsedAt: orNull(Instant), revokedAt: orNull(Instant),
})
export type ApiKey = Static<typeof ApiKey>
const View = exactly({ name: Type.String(), reason: Type.String(), startedAt: Instant, endedAt: orNull(Instant) })

export const access = contract('access', {
  calls: {
    permissions: call('GET /permissions', { says: 'What may be done, in words.', reply: exactly({ permissions: Type.Array(exactly({ key: Type.String(), says: Type.String() })) }) }),
    roles: call('GET /orgs/:orgId/roles', { says: 'The roles of an organisation, and everybody\'s.', params: { orgId: Uuid }, reply: exactly({ roles: Type.Array(RoleRow) }) }),
    makeRole: call('POST /orgs/:orgId/roles', {
      says: 'Make a role; it allows nothing that who makes it may not do.',
      status: 201,
      params: { orgId: Uuid },
      body: exactly({ key: Key, name: Name, permissions: Says }),
      reply: RoleRow,
      refusals: ['role_taken', 'more_rights'],
    }),
    changeRole: call('PATCH /roles/:roleId', {
      says: 'Change a role, for everybody who holds it; `rowVersion` is the one that was read.',
      params: { roleId: Uuid },
      body: exactly({ name: Type.Optional(Name), permissions: Type.Optional(Says), rowVersion: Type.Integer({ minimum: 1 }) }),
      reply: RoleRow,
      refusals: ['more_rights', 'system_role'],
    }),
    removeRole: call('DELETE /roles/:roleId', { says: 'Remove a role that nobody holds.', status: 204, params: { roleId: Uuid }, reply: Nothing, refusals: ['role_held', 'system_role'] }),
    grants: call('GET /nodes/:nodeId/grants', {
      says: 'Every grant that holds at a place, those from above too; `q` is looked for in names and e-mails.',
      params: { nodeId: Uuid, q: Type.Optional(Type.String({ maxLength: 120 })), cursor: Cursor },
      reply: exactly({ grants: Type.Array(Grant), next: orNull(Type.String()) }),
    }),
    grant: call('POST /nodes/:nodeId/grants', {
      says: 'Grant or deny somebody a role or one permission at a place and below it, or in one cohort there; for a while, if it says so. Again is once.',
      status: 201,
      params: { nodeId: Uuid },
      body: exactly({
        email: Type.Optional(Type.String({ format: 'email', maxLength: 254 })), userId: Type.Optional(Uuid), name: Type.Optional(Name),
        role: Type.Optional(Key), permission: Type.Optional(Permission), effect: Type.Optional(Effect), cohortId: Type.Optional(Uuid),
        from: Type.Optional(Instant), until: Type.Optional(Instant),
      }),
      reply: Grant,
      refusals: ['more_rights', 'last_owner'],
    }),
    ungrant: call('DELETE /grants/:grantId', { says: 'Take a grant back; who is in class because of it is put out at once.', status: 204, params: { grantId: Uuid }, reply: Nothing, refusals: ['more_rights', 'last_owner'] }),
    why: call('GET /me/why', { says: 'Whether one may do something at a place or in a cohort, and the grant that says so.', params: ASKED, reply: Why }),
    whyOther: call('GET /people/:userId/why', { says: 'The same of somebody else, for who may see grants there.', params: { userId: Uuid, ...ASKED }, reply: Why }),
    keys: call('GET /nodes/:nodeId/keys', { says: 'The keys of programs at a place and below it.', params: { nodeId: Uuid }, reply: exactly({ keys: Type.Array(ApiKey) }) }),
    makeKey: call('POST /nodes/:nodeId/keys', {
      says: 'Make a key for a program. The secret is shown this once.',
      status: 201,
      personal: true,
      params: { nodeId: Uuid },
      body: exactly({ name: Name, scopes: Type.Array(Permission, { minItems: 1, maxItems: 50, uniqueItems: true }), expiresAt: Type.Optional(Instant) }),
      reply: exactly({ ...ApiKey.properties, secret: Type.String() }),
      refusals: ['more_rights'],
    }),
    revokeKey: call('DELETE /keys/:keyId', { says: 'End a key at once, with what the program has open.', status: 204, params: { keyId: Uuid }, reply: Nothing }),
    viewAs: call('POST /view-as', {
      says: 'See Lectern as somebody does who has no more rights, for a reason, for a while. Both names stand on whatever is done.',
      status: 201,
      personal: true,
      body: exactly({ userId: Uuid, reason: Type.String({ minLength: 3, maxLength: 500 }), minutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 120 })) }),
      reply: exactly({ accessToken: Type.String(), expiresAt: Instant, user: exactly({ userId: Uuid, name: Type.String() }) }),
      refusals: ['more_rights', 'already_viewing'],
    }),
    stopViewing: call('POST /view-as/stop', { says: 'Be oneself again.', status: 204, reply: Nothing }),
    views: call('GET /me/views', { says: 'Who saw Lectern as oneself does, when and why.', reply: exactly({ views: Type.Array(View) }) }),
  },
})
