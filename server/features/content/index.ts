// The face of content: topics that come from a folder, and what a course says when it goes out again.
export { putTopics, topicsSeen } from './verbs.import.ts'
export type { ImportedTopic } from './store.import.ts'
export { beginningsOf, introductionsOf, payloadsOf, type Told, type Whole, type WholeAsset, type WholeModule, type WholeTopic, wholeOf } from './store.export.ts'
