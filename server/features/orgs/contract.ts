// Organisations: where things belong, and who may do what there. No door of its own yet: other rooms ask at its face.
import { contract } from '#kernel/contract'

export const orgs = contract('org', {})
