// Something that was made of what happened, with its file; or that it is being read, or why it could not be.
import type { ReactNode } from 'react'
import { Button } from '../parts/Button.tsx'
import { Bones } from '../parts/State.tsx'
import type { Reading } from '../reading.ts'
import { useTrouble } from '../trouble.ts'
import { File } from './Frame.tsx'
import { type Found, partFile } from './wire.ts'
import { useDashWords } from './words.tsx'

export function Read<T>({ part, cohortId, quizId, reading, children }: { part: Found; cohortId: string; quizId?: string; reading: Reading<T>; children(there: T): ReactNode }) {
  const { say } = useDashWords()
  const trouble = useTrouble()
  const { there, refusal, again } = reading
  return (
    <>
      {there && <p className="dash-file"><File path={partFile(cohortId, part, quizId)} name={`${part}-${new Date().toISOString().slice(0, 10)}.csv`} says="dash.csv" /></p>}
      {there ? children(there) : refusal
        ? <div className="note alert" role="alert"><p className="b">{say('dash.part.unread')}</p><p>{trouble(refusal)}</p><p><Button look="line" slim onClick={again}>{say('try.again')}</Button></p></div>
        : <Bones label={say('dash.part.wait')} lines={[100, 100, 100, 80]} />}
    </>
  )
}
