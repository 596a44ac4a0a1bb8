// An answer as one gave it: what was chosen, the number, the words.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'
import type { Paper, Said } from '../paper.ts'
import { useFigures } from '../parts/figure.ts'
import { letter } from '../parts/letter.ts'

export function Handed({ prompt, said: { body, choices, number } }: { prompt: Pick<PromptView, 'options'>; said: Said }) {
  const { say } = useWords()
  const { write } = useFigures()
  return (
    <>
      {choices && choices.length > 0 && (
        <ul className="chosen" aria-label={say('chosen')}>
          {choices.map((n) => <li key={n} className="row"><span className="letter" aria-hidden="true">{letter(n)}</span><span className="words grow" dir="auto">{prompt.options?.[n] ?? letter(n)}</span></li>)}
        </ul>
      )}
      {typeof number === 'number' && <p className="words figures num" dir="ltr">{write(number)}</p>}
      {body && <p className="words" dir="auto">{body}</p>}
    </>
  )
}

/** What lies open, whether or not it could be handed in; null where there is nothing. */
export function lying({ draft, picked, number }: Paper): Said | null {
  const body = draft?.trim() || null
  return body || (draft !== null && (picked.length > 0 || number !== null)) ? { body, choices: picked, number } : null
}
