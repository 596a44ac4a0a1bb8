// The face of quizzes: attempts at them, as other rooms read them; and quizzes that come with a course.
export { attemptsIn, type Tried } from './store.ts'
export { bring, type Bringing, type Brought } from './verbs.bring.ts'
export { bringIn } from './verbs.import.ts'
