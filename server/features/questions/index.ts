// The face of the bank: questions as they are now, ready to be placed; what an answer is worth; and questions that come from files.
export { asQuestion, type Choice, type ChoiceWords, flaws, inWords, type Level, type Question, type Status, type Type, TYPES, type Words, type Written, type Wrong } from './question.ts'
export { type Answer, type Option, picked, worth } from './view.ts'
export { type Frozen, type FrozenChoice, frozen, inPools } from './store.frozen.ts'
export { type Put, type Sourced, putQuestions, questionsSeen } from './verbs.put.ts'
export { type QuizFile, type QuizIn, quizzesIn, type Trouble } from './course-json.ts'
