// The modules of the course, and which of them are open to this learner.
import type { Static } from 'typebox'
import type { View } from '#kernel/view'
import type { Module } from './contract.ts'

export type ModuleView = Static<typeof Module>

export const modules: View<ModuleView[]> = {
  key: 'modules',
  heard(value, { name, body }, looker) {
    if (name !== 'module:changed' || looker.role !== 'learner') return value
    return value.map((m) => (m.moduleNo === body.moduleNo ? { ...m, state: body.state, unmet: body.unmet } : m))
  },
}
