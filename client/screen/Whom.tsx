// Whom a prompt asks, and whether for the second time.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'

export function Whom({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const about = [prompt.batchNo !== null && say('screen.batch', { batch: prompt.batchNo }), prompt.revoteOf && say('again')].filter(Boolean)
  return about.length > 0 && <p className="whom">{about.join(' · ')}</p>
}
