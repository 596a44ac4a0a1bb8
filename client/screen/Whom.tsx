// Whom a prompt asks, whether for the second time, and which question of a quiz it is.
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useWords } from '../language.tsx'
import { RunLine } from '../livequiz/OnScreen.tsx'

export function Whom({ prompt }: { prompt: PromptView }) {
  const { say } = useWords()
  const about = [prompt.batchNo !== null && say('screen.batch', { batch: prompt.batchNo }), prompt.revoteOf && say('again')].filter(Boolean)
  return <>{about.length > 0 && <p className="whom">{about.join(' · ')}</p>}<RunLine prompt={prompt} /></>
}
