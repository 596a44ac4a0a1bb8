// The face of groups: texts that say the same, put together.
export { type Cluster, clusters, type Item } from './cluster.ts'
