// The face of quizzes: attempts at them, as other rooms read them.
export { attemptsIn, type Tried } from './store.ts'
