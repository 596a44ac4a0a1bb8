// A number: written as one's language writes it, and said back as it was understood.
import type { RefObject } from 'react'
import { useWords } from '../language.tsx'
import { useFigures } from '../parts/figure.ts'

type Props = { typed: string | null; number: number | null; field: RefObject<HTMLInputElement | null>; onWrite(typed: string, number: number | null): void }

export function Figure({ typed, number, field, onWrite }: Props) {
  const { say } = useWords()
  const { read, write } = useFigures()
  const shown = typed ?? (number === null ? '' : write(number))
  const put = (text: string) => onWrite(text, read(text))
  // Some phones' keyboards for numbers have no minus.
  const turn = () => { put(/^\s*[-\u2212]/.test(shown) ? shown.replace(/^\s*[-\u2212]/, '') : `-${shown}`); field.current?.focus() }
  const isWrong = shown.trim() !== '' && shown.trim() !== '-' && number === null
  return (
    <div className="figure">
      <div className="row">
        <button type="button" className="btn line" aria-label={say('number.sign')} onClick={turn}>±</button>
        <input ref={field} className="field words num" inputMode="decimal" autoComplete="off" enterKeyHint="done" dir="ltr" value={shown} aria-label={say('number.label')} aria-invalid={isWrong}
          aria-describedby="understood who" placeholder={say('number.hint')} onChange={(e) => put(e.target.value)} />
      </div>
      <output className={isWrong ? 'small trouble' : 'small quiet'} id="understood">{number !== null ? say('number.understood', { number: write(number) }) : isWrong ? say('number.wrong') : ''}</output>
    </div>
  )
}
