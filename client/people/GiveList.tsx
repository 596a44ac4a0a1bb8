// The ways a list is given: a file, pasted into a field, or pasted and dropped anywhere on the page.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { useStaffWords } from '../staff.tsx'
import { asFile, isList, type Looking } from './looking.ts'

export function GiveList({ looking, onClose }: { looking: Looking; onClose?: (() => void) | undefined }) {
  const { say } = useStaffWords()
  const [text, setText] = useState('')
  const choose = useRef<HTMLInputElement>(null)
  const give = (pasted: string) => { if (/\S/.test(pasted)) void looking.open(asFile(pasted), '') }
  return (
    <section className="give" aria-label={say('list.title')}>
      <p className="quiet">{say('list.how')}</p>
      <label className="paste"><span className="label">{say('list.paste')}</span>
        <textarea className="field" rows={4} value={text} dir="auto" placeholder={'ada@school.org\tAda Lovelace\tlearner\t1\t+50 %'} aria-describedby="paste-why" onChange={(e) => setText(e.target.value)}
          onPaste={(e) => { const all = e.clipboardData.getData('text/plain'); if (!text && isList(all)) { e.preventDefault(); give(all) } }} /></label>
      <p className="quiet small" id="paste-why">{say('list.paste.why')}</p>
      <div className="row wrap">
        <input ref={choose} className="sr" type="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" tabIndex={-1} aria-hidden="true" onChange={(e) => { const [file] = e.target.files ?? []; if (file) void opened(looking, file); e.target.value = '' }} />
        <Button look={text ? 'line' : 'pen'} onClick={() => choose.current?.click()}>{say('list.file')}</Button>
        {text && <Button look="pen" onClick={() => give(text)}>{say('list.check')}</Button>}
        {onClose && <Button look="text" onClick={onClose}>{say('list.close')}</Button>}
      </div>
    </section>
  )
}

const opened = (looking: Looking, file: File) => looking.open(new Blob([file], { type: 'text/csv' }), file.name)

/** Takes a list that is pasted or dropped anywhere; true while one is held over the page. */
export function useGiven(looking: Looking, may: boolean): boolean {
  const [over, setOver] = useState(false)
  const latest = useRef(looking)
  latest.current = looking
  useEffect(() => {
    if (!may) return
    const pasted = (event: ClipboardEvent) => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      if (event.defaultPrevented || latest.current.doing || event.target instanceof HTMLTextAreaElement || !isList(text)) return
      event.preventDefault()
      void latest.current.open(asFile(text), '')
    }
    const dragged = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      setOver(true)
    }
    const left = (event: DragEvent) => { if (event.relatedTarget === null) setOver(false) }
    const dropped = (event: DragEvent) => {
      const file = event.dataTransfer?.files[0]
      setOver(false)
      if (!file) return
      event.preventDefault()
      if (!latest.current.doing) void opened(latest.current, file)
    }
    const heard = [['paste', pasted], ['dragover', dragged], ['dragleave', left], ['drop', dropped]] as [string, EventListener][]
    for (const [name, listen] of heard) document.addEventListener(name, listen)
    return () => { for (const [name, listen] of heard) document.removeEventListener(name, listen) }
  }, [may])
  return over
}
