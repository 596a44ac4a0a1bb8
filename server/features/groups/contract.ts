// The answers to a text prompt in groups of one meaning, as staff look at them after the reveal: found by the machine, put right by who teaches.
import { type Static, Type } from 'typebox'
import { call, contract, exactly, Instant, orNull, push, Uuid } from '#kernel/contract'

const Count = Type.Integer({ minimum: 0 })
const Name = Type.String({ minLength: 1, maxLength: 120 })

/** A group. `answers` are the answers in it, the most typical first: `examples` is what the first of them say, word for word. */
export const Group = exactly({ groupId: Uuid, name: Name, renamed: Type.Boolean(), answers: Type.Array(Uuid), examples: Type.Array(Type.String()) })
export type Group = Static<typeof Group>
/** The groups of a prompt, the largest first. `by`: what they were found by. `version` counts the changes by hand. `loose`: answers that are like no other. */
const Groups = { promptId: Uuid, version: Count, by: Type.Union([Type.Literal('words'), Type.Literal('meaning')]), grouped: Count, madeAt: Instant, changedBy: orNull(Type.String()), groups: Type.Array(Group), loose: Type.Array(Uuid) }
export const GroupsSeen = exactly(Groups)
export type GroupsSeen = Static<typeof GroupsSeen>

const at = { promptId: Uuid }
const version = Type.Integer({ minimum: 0 })

export const groups = contract('groups', {
  calls: {
    show: call('GET /prompts/:promptId/groups', { says: 'The answers to a revealed text prompt, grouped by meaning, for staff of its class. The first who asks has them made; answers that were hidden are in none.', params: at, reply: GroupsSeen }),
    rename: call('PATCH /prompts/:promptId/groups/:groupId', { says: 'Name a group. `version` is the one that was read; where somebody changed the groups since, the refusal says in `details.now` how they stand.', params: { ...at, groupId: Uuid }, body: exactly({ version, name: Name }), reply: GroupsSeen }),
    merge: call('POST /prompts/:promptId/groups/:groupId/merge', { says: 'Put other groups into this one.', params: { ...at, groupId: Uuid }, body: exactly({ version, with: Type.Array(Uuid, { minItems: 1, maxItems: 100, uniqueItems: true }) }), reply: GroupsSeen }),
    split: call('POST /prompts/:promptId/groups/split', { says: 'Put these answers into a group of their own, out of wherever they are.', params: at, body: exactly({ version, answers: Type.Array(Uuid, { minItems: 1, maxItems: 2000, uniqueItems: true }), name: Type.Optional(Name) }), reply: GroupsSeen }),
    arrange: call('PUT /prompts/:promptId/groups', {
      says: 'Put the answers into these groups, in place of those that there are; what is in none is loose. It is how a change is undone.',
      params: at, body: exactly({ version, groups: Type.Array(exactly({ groupId: Uuid, name: Name, renamed: Type.Boolean(), answers: Type.Array(Uuid, { minItems: 1, maxItems: 2000, uniqueItems: true }) }), { maxItems: 1000 }) }), reply: GroupsSeen,
    }),
    again: call('POST /prompts/:promptId/groups', { says: 'Group the answers anew; what was done by hand is undone.', params: at, body: exactly({ version }), reply: GroupsSeen }),
  },
  pushes: { changed: push('staff', { ...Groups, cohortId: Uuid }, 'The groups of a prompt stand so now.') },
})
