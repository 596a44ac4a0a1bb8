// In which language and in whose voice one reads a course. The language is chosen on this device, the voice everywhere.
import { useState } from 'react'
import { asMe } from '../account.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import type { Refusal } from '../api.ts'
import { tellPages } from './fresh.ts'
import { nameOf } from './tongue.ts'
import type { Course, Narrator } from './wire.ts'
import { useReaderWords } from './words.tsx'

type Props = { of: Pick<Course, 'courseId' | 'languages' | 'narrator' | 'narrators'>; language: string; onLanguage(tag: string): void; onVoice(): void }

export function How({ of: { courseId, languages, narrator, narrators }, language, onLanguage, onVoice }: Props) {
  const { say } = useReaderWords()
  const trouble = useTrouble()
  const [asked, ask] = useState<Narrator | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const tell = (voice: Narrator) => {
    ask(voice)
    setRefusal(null)
    asMe('PUT', `/courses/${courseId}/personalisation`, { narrator: voice })
      .then(() => { tellPages(courseId); onVoice() }, (refused: Refusal) => { setRefusal(refused); announce(trouble(refused)) })
      .finally(() => ask(null))
  }
  const voices: Narrator[] = ['normal', ...narrators]
  // What was chosen once and is no longer there is still what one has chosen.
  const tags = language && !languages.includes(language) ? [...languages, language] : languages
  if (tags.length < 2 && voices.length < 2) return null
  return (
    <div className="how">
      {tags.length > 1 && (
        <label><span className="label">{say('how.language')}</span>
          <select className="field slim" value={language} onChange={(e) => onLanguage(e.target.value)}>
            <option value="">{say('how.mine')}</option>
            {tags.map((tag) => <option key={tag} value={tag} lang={tag}>{nameOf(tag)}</option>)}
          </select></label>
      )}
      {voices.length > 1 && (
        <label><span className="label">{say('how.told')}</span>
          <select className="field slim" value={asked ?? narrator} aria-busy={asked !== null} onChange={(e) => tell(e.target.value as Narrator)}>
            {(voices.includes(narrator) ? voices : [...voices, narrator]).map((v) => <option key={v} value={v}>{say(`voice.${v}`)}</option>)}
          </select></label>
      )}
      {refusal && <p className="trouble" role="alert">{trouble(refusal)}</p>}
    </div>
  )
}
