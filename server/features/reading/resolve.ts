// What a learner sees of a block: the narrator's version where one was chosen and there is one, else the persona's, else
// everybody's; and of that, field by field, the first language of the chain that says it, else the course's own. Pure.
import type { Payload } from '../content/contract.ts'
import type { Block } from './contract.ts'

export type Laid = { contentKey: string; type: Block['type'] }
/** A variant of a block in one language; '' is the course's own. */
export type Said = { contentKey: string; personaKey: string | null; narrator: string | null; language: string; status: 'draft' | 'ai' | 'reviewed'; stale: boolean; payload: Payload }

/** `languages`: those that there are, best first, without the course's own; `own`: the course's own. */
export function resolve(blocks: readonly Laid[], said: readonly Said[], languages: readonly string[], own: string): Block[] {
  return blocks.map(({ contentKey, type }) => {
    const here = said.filter((s) => s.contentKey === contentKey)
    const variant = here.some((s) => s.narrator !== null) ? 'narrator' : here.some((s) => s.personaKey !== null) ? 'persona' : null
    const mine = here.filter((s) => (variant === 'narrator' ? s.narrator !== null : variant === 'persona' ? s.personaKey !== null : s.personaKey === null && s.narrator === null))
    const chain = [...languages, ''].flatMap((tag) => mine.find((s) => s.language === tag && s.status !== 'draft') ?? [])
    const [best] = chain
    if (!best) return { contentKey, type, payload: {}, language: own, variant: null, translated: 'no', stale: false, missing: true }
    const payload: Payload = Object.assign({}, ...chain.toReversed().map((s) => s.payload))
    const isOwn = best.language === ''
    return { contentKey, type, payload, language: isOwn ? own : best.language, variant, translated: isOwn ? 'no' : (best.status as 'ai' | 'reviewed'), stale: best.stale, missing: false }
  })
}

/** Which languages to look in, of those that there are: those wanted before the course's own. */
export function before(wanted: readonly string[], own: string): string[] {
  const at = wanted.indexOf(own)
  return at < 0 ? [...wanted] : wanted.slice(0, at)
}
