// What there is to choose from: whole rows to tap, one or several, and A to J as keys.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'
import { useKeys } from '../parts/keys.ts'
import { letter } from '../parts/letter.ts'

export function Options({ prompt, picked, onPick }: { prompt: PromptView; picked: readonly number[]; onPick(option: number): void }) {
  const { say } = useWords()
  const options = prompt.options ?? []
  useKeys(Object.fromEntries(options.map((_, n) => [letter(n).toLowerCase(), () => onPick(n)])))
  const label = say(prompt.multiple ? 'choose.some' : 'choose.one')
  return (
    <fieldset className="options" aria-label={label} aria-describedby="who">
      {options.map((text, n) => (
        <label key={letter(n)} className="option">
          <input type={prompt.multiple ? 'checkbox' : 'radio'} name="option" checked={picked.includes(n)} onChange={() => onPick(n)} aria-keyshortcuts={letter(n).toLowerCase()} />
          <span className="letter" aria-hidden="true">{letter(n)}</span>
          <span className="words grow" dir="auto">{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
