// Answers word for word; who leads the class can select them.
import { useGrowing } from '../instructor/growing.ts'
import { useGroupWords } from './words.tsx'

export type Texts = { texts: ReadonlyMap<string, string>; picked: ReadonlySet<string>; pick: ((messageId: string) => void) | undefined }

export function Said({ answers, label, texts, picked, pick }: Texts & { answers: readonly string[]; label: string }) {
  const { say } = useGroupWords()
  const { drawn, end } = useGrowing(answers.length)
  const text = (id: string) => texts.get(id) ?? say('grp.unread')
  return (
    <ul className="grp-said" aria-label={label}>
      {answers.slice(0, drawn).map((id) => (
        <li key={id}>{pick ? <label><input type="checkbox" checked={picked.has(id)} onChange={() => pick(id)} /><span className="words" dir="auto">{text(id)}</span></label> : <span className="words" dir="auto">{text(id)}</span>}</li>
      ))}
      <li ref={end} className="edge" aria-hidden="true" />
    </ul>
  )
}
