// What went wrong, in words: ours where we know more, else the server's sentence.
import { type Says, useWords } from './language.tsx'

const OURS: Record<string, Says> = {
  unheard: 'trouble.unheard',
  unavailable: 'trouble.unavailable',
  rate_limited: 'trouble.rate_limited',
  unauthenticated: 'trouble.unauthenticated',
}

type Trouble = { code: string; message: string }

/** A sentence for a refusal. */
export function useTrouble() {
  const { say } = useWords()
  return ({ code, message }: Trouble): string => {
    const ours = OURS[code]
    return ours ? say(ours) : message || say('trouble.internal')
  }
}
