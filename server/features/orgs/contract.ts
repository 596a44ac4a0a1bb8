// Organisations: where things belong. A tree of places each, as deep as its people need; what is granted at a place holds below it.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Nothing, orNull, Uuid } from '#kernel/contract'

const Name = Type.String({ minLength: 1, maxLength: 120 })
const Slug = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', minLength: 1, maxLength: 60, description: 'small letters, figures and single hyphens' })
const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$', description: 'small letters, figures and underscores' })
const Version = Type.Integer({ minimum: 1 })
const Count = Type.Integer({ minimum: 0 })

/** A place, as somebody sees it who may do something there; `may`: what. `parentId` is null at the top of an organisation. */
export const Node = exactly({
  nodeId: Uuid, orgId: Uuid, parentId: orNull(Uuid), name: Type.String(), slug: Type.String(), type: Key, depth: Count, children: Count, rowVersion: Version, may: Type.Array(Type.String()),
})
export type Node = Static<typeof Node>
export const NodeType = exactly({ key: Key, name: Type.String(), allowedChildren: orNull(Type.Array(Key)), own: Type.Boolean() })

const PAGE = { cursor: Type.Optional(Type.String({ maxLength: 400 })) }

export const orgs = contract('org', {
  calls: {
    list: call('GET /orgs', {
      says: 'The organisations in which one may do something.',
      reply: exactly({ orgs: Type.Array(exactly({ orgId: Uuid, slug: Type.String(), name: Type.String(), rootId: Uuid })) }),
    }),
    found: call('POST /orgs', {
      says: 'Found an organisation; who founds it owns it.',
      status: 201,
      body: exactly({ slug: Slug, name: Name }),
      reply: exactly({ orgId: Uuid, rootId: Uuid }),
      refusals: ['slug_taken'],
    }),
    nodes: call('GET /nodes', {
      says: 'Places that one may see, by name: those below `parentId`, those whose name holds `q`, or, without either, where one begins.',
      params: { parentId: Type.Optional(Uuid), q: Type.Optional(Type.String({ minLength: 1, maxLength: 120 })), ...PAGE },
      reply: exactly({ nodes: Type.Array(Node), next: orNull(Type.String()) }),
    }),
    node: call('GET /nodes/:nodeId', {
      says: 'One place, and the places above it that one may see, from the top.',
      params: { nodeId: Uuid },
      reply: exactly({ ...Node.properties, trail: Type.Array(exactly({ nodeId: Uuid, name: Type.String() })) }),
    }),
    add: call('POST /nodes', {
      says: 'Make a place below another.',
      status: 201,
      body: exactly({ parentId: Uuid, name: Name, slug: Type.Optional(Slug), type: Type.Optional(Key) }),
      reply: Node,
      refusals: ['slug_taken', 'not_allowed_here'],
    }),
    change: call('PATCH /nodes/:nodeId', {
      says: 'Name a place anew; `rowVersion` is the one that was read.',
      params: { nodeId: Uuid },
      body: exactly({ name: Type.Optional(Name), slug: Type.Optional(Slug), type: Type.Optional(Key), rowVersion: Version }),
      reply: Node,
      refusals: ['slug_taken', 'not_allowed_here'],
    }),
    move: call('POST /nodes/:nodeId/move', {
      says: 'Move a place, with everything below it, under another one.',
      params: { nodeId: Uuid },
      body: exactly({ parentId: Uuid }),
      reply: Node,
      refusals: ['cycle', 'slug_taken', 'not_allowed_here', 'another_organisation'],
    }),
    remove: call('DELETE /nodes/:nodeId', { says: 'Remove a place that is empty.', status: 204, params: { nodeId: Uuid }, reply: Nothing, refusals: ['not_empty'] }),
    types: call('GET /orgs/:orgId/node-types', { says: 'The kinds of places: everybody\'s and the organisation\'s own.', params: { orgId: Uuid }, reply: exactly({ types: Type.Array(NodeType) }) }),
    putType: call('PUT /orgs/:orgId/node-types/:type', {
      says: 'Make or change a kind of place of the organisation; `allowedChildren` null: any kind may stand below.',
      params: { orgId: Uuid, type: Key },
      body: exactly({ name: Name, allowedChildren: orNull(Type.Array(Key, { maxItems: 50, uniqueItems: true })) }),
      reply: NodeType,
    }),
  },
})
