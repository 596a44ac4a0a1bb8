// Questions to begin with: each can be kept as it is, or opened and made one's own first.
import { Button } from '../parts/Button.tsx'
import { useStaffWords } from '../staff.tsx'
import { type Sample, SAMPLES } from './samples.ts'

export function Samples({ onKeep, onOpen }: { onKeep(sample: Sample): void; onOpen(sample: Sample): void }) {
  const { say } = useStaffWords()
  return (
    <section className="samples-of" aria-label={say('prep.samples')}>
      <ul>
        {SAMPLES.map((s) => (
          <li key={s.id} className="card">
            <div className="grow said-of"><p className="words">{say(s.says)}</p><p className="quiet small">{say(s.why)}</p></div>
            <span className="row does"><Button look="line" slim aria-label={say('prep.sample.keep', { text: say(s.says) })} onClick={() => onKeep(s)}>{say('prep.sample.add')}</Button>
              <Button look="text" slim aria-label={say('prep.sample.change', { text: say(s.says) })} onClick={() => onOpen(s)}>{say('edit')}</Button></span>
          </li>
        ))}
      </ul>
    </section>
  )
}
