// How people come in: the code and the link, to copy into a mail.
import { useDoor } from '../door.ts'
import { Button } from '../parts/Button.tsx'
import { copied } from '../parts/copied.ts'
import { useStaffWords } from '../staff.tsx'

export function WayIn({ cohortId, onCopied }: { cohortId: string; onCopied(): void }) {
  const { say } = useStaffWords()
  const { door } = useDoor(cohortId)
  if (!door?.code || !door.link) return null
  const copy = async (text: string) => { if (await copied(text)) onCopied() }
  return (
    <dl className="wayin" aria-label={say('door.title')}>
      <div><dt className="label">{say('door.code')}</dt><dd><b className="code" dir="ltr">{door.code}</b><Button look="text" aria-label={say('door.copy.code')} onClick={() => void copy(door.code!)}>{say('copy')}</Button></dd></div>
      <div><dt className="label">{say('door.link')}</dt><dd><span className="link" dir="ltr">{door.link.replace(/^https?:\/\//, '')}</span><Button look="text" aria-label={say('door.copy.link')} onClick={() => void copy(door.link!)}>{say('copy')}</Button></dd></div>
    </dl>
  )
}
