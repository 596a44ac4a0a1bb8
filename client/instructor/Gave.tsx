// What somebody gave: the options they chose, the figure, and their words, which beside those are the reason.
import type { Answer } from '../../server/features/coldcall/contract.ts'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useFigures } from '../parts/figure.ts'
import { letter } from '../parts/letter.ts'

/** `brief`: the letters of the options alone, where their words stand above. */
export function Gave({ answer: a, prompt: { options }, brief = false }: { answer: Pick<Answer, 'body' | 'choices' | 'number'>; prompt: Pick<PromptView, 'options'>; brief?: boolean }) {
  const { write } = useFigures()
  return (
    <div className="gave">
      {a.choices?.map((i) => <p key={i} className="row chose"><span className="letter">{letter(i)}</span>{!brief && <span className="words" dir="auto">{options?.[i]}</span>}</p>)}
      {a.number !== null && <p className="gave-n num" dir="ltr">{write(a.number)}</p>}
      {a.body && <p className="words said-so" dir="auto">{a.body}</p>}
    </div>
  )
}
