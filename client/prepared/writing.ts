// From a prepared question to what is written in the fields, and back. Pure, but for the shelf on which it lies meanwhile.
import { useEffect, useState } from 'react'
import { blank, type Draft, inLanguages, LEAST, type Option, written } from '../instructor/draft.ts'
import type { Prepared, Said } from './wire.ts'

const asOptions = ({ options, correct }: Pick<Said, 'options' | 'correct'>): Option[] => {
  const texts = options ?? []
  return Array.from({ length: Math.max(LEAST, texts.length) }, (_, i) => ({ id: i + 1, text: texts[i] ?? '', right: correct?.includes(i) ?? false }))
}

/** The question in the fields; whom it asks stays as it was there. */
export const asDraft = (p: Required<Said> & Pick<Prepared, 'preparedId' | 'topicId' | 'version'>, into: Draft = blank): Draft => ({
  ...into, text: p.text, kind: p.kind, options: asOptions(p), several: p.multiple, seconds: p.seconds ?? 0, stars: p.starBudget, anonymous: p.anonymous, translations: p.translations.map(({ language, text, options }) => ({ language, text, options: Object.fromEntries((options ?? []).map((o, i) => [i + 1, o])) })),
  topicId: p.topicId, prepared: { preparedId: p.preparedId, version: p.version },
})

/** What is kept of it: also what is not whole yet. */
export function asSaid(draft: Draft): Required<Said> {
  const options = draft.kind === 'choice' ? written(draft.options) : null
  const correct = options?.flatMap((o, i) => (o.right ? [i] : [])) ?? []
  return {
    text: draft.text.trim(), kind: draft.kind, options: options?.map((o) => o.text.trim()) ?? null, correct: correct.length > 0 ? correct : null, multiple: draft.kind === 'choice' && draft.several,
    seconds: draft.seconds || null, anonymous: draft.anonymous, starBudget: draft.stars, translations: inLanguages(draft),
  }
}

/** Whether there is anything to keep. */
export const isWritten = (draft: Draft): boolean => draft.text.trim() !== '' || (draft.kind === 'choice' && written(draft.options).length > 0)

export const isSame = (draft: Draft, p: Prepared): boolean => JSON.stringify(asSaid(draft)) === JSON.stringify(asSaid(asDraft(p)))

/** The question that is being edited on this page, kept on this device until it is saved or left; null where none is. */
export function useWriting(cohortId: string): [Draft | null, (draft: Draft | null) => void] {
  const shelf = `lectern:preparing:${cohortId}`
  const [draft, setDraft] = useState<Draft | null>(() => {
    const lay = localStorage.getItem(shelf)
    return lay ? { ...blank, ...JSON.parse(lay) } : null
  })
  useEffect(() => { if (draft) localStorage.setItem(shelf, JSON.stringify(draft)); else localStorage.removeItem(shelf) }, [shelf, draft])
  return [draft, setDraft]
}
