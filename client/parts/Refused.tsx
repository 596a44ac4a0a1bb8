// What could not be read, and how to ask for it once more.
import { useWords } from '../language.tsx'
import { useTrouble } from '../trouble.ts'
import { Button } from './Button.tsx'

/** Says why, with a button that calls `again`. */
export function Refused({ of, again }: { of: { code: string; message: string }; again(): unknown }) {
  const { say } = useWords()
  return <p className="note alert spread wrap" role="alert"><span>{useTrouble()(of)}</span><Button look="line" slim onClick={() => void again()}>{say('try.again')}</Button></p>
}
