// What the answers come to while only staff may know it. Each bar leads to its answers.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useStaffWords } from '../staff.tsx'
import { Distribution, Tally } from './Counts.tsx'
import { figuresOf, tally } from './counts.ts'
import type { Sieve } from './sift.ts'

export function Come({ prompt, sieve, onSieve }: { prompt: PromptView; sieve: Sieve; onSieve(sieve: Sieve): void }) {
  const { say } = useStaffWords()
  const { kind, options, answers, answered } = prompt
  if (kind === 'text' || (kind === 'number' && answers.length === 0)) return null
  const figures = kind === 'number' ? figuresOf(answers.flatMap((a) => a.number ?? [])) : null
  return (
    <section className="come" aria-label={say('come')}>
      {options && <Tally options={options} counts={prompt.tally ?? tally(answers, options.length)} total={Math.max(answers.length, prompt.tally ? answered : 0)} correct={prompt.correct} option={sieve.option} onOption={(option) => onSieve({ ...sieve, option })} />}
      {figures && <Distribution figures={figures} range={sieve.range} onRange={(range) => onSieve({ ...sieve, range })} />}
      {prompt.next !== null && answers.length < answered && !prompt.tally && <p className="faint small">{say('come.part', { n: answers.length, all: answered })}</p>}
    </section>
  )
}
