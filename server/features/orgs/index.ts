// The face of the ground: where things belong and who may do what there. The one predicate is SQL: `granted(actor)`.
export { grant, grantsOf, home, type Place, placesWhere } from './store.ts'
