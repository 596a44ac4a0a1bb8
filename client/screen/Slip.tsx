// An answer on the wall, among others or alone.
import type { Answer } from '../../server/features/coldcall/contract.ts'
import { useWords } from '../language.tsx'
import { useFigures } from '../parts/figure.ts'
import { letter } from '../parts/letter.ts'
import { StarCount } from '../parts/Star.tsx'
import { useFit } from './fit.ts'

/** Sizes of the words in shares of the height; the smallest still reads from the last row. */
const MANY = [3.65, 3.4, 3.1, 2.7]
const FEW = [5.2, 4.2, 3.3, 2.7]
const ALONE = [9, 7.6, 6.4, 5.4, 4.6, 3.9, 3.3, 2.8]

export function Slip({ answer, n, of }: { answer: Answer; n: number; of: number }) {
  return <li className="slip" style={{ '--i': n } as object}><Inside answer={answer} sizes={of <= 4 ? FEW : MANY} /></li>
}

/** In the spotlight. */
export function Lit({ answer }: { answer: Answer }) {
  return <article className="slip lit"><Inside answer={answer} sizes={ALONE} /></article>
}

function Inside({ answer, sizes }: { answer: Answer; sizes: readonly number[] }) {
  const { say } = useWords()
  const { write } = useFigures()
  const { choices, number } = answer
  const words = answer.body ?? (choices ? choices.map(letter).join(', ') : typeof number === 'number' ? write(number) : '')
  const block = useFit(words, sizes)
  return (
    <>
      <p className="words" dir="auto" ref={block}><span>{words}</span></p>
      <p className="by">
        {answer.body !== null && choices && <span className="picks">{choices.map((n) => <span key={n} className="letter">{letter(n)}</span>)}</span>}
        {answer.body !== null && typeof number === 'number' && <span className="picks num" dir="ltr">{write(number)}</span>}
        <span className="grow" dir="auto">{answer.author?.displayName ?? say('anonymous')}</span><StarCount count={answer.stars} />
      </p>
    </>
  )
}
