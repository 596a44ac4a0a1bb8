// How people come in: the code and the link, to copy into a mail.
import { useDoor } from '../door.ts'
import { Button } from '../parts/Button.tsx'
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

/** Also where the page is not served over https, and the clipboard is not to be had the new way. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    const before = document.activeElement as HTMLElement | null
    field.value = text
    field.className = 'sr'
    document.body.append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    before?.focus()
    return done
  }
}
