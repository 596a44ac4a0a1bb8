// All rules of a course at once: each module behind the one before it, or none at all. What it does is said before, and can be undone.
import { useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { useTrouble } from '../trouble.ts'
import type { Rules } from './rules.ts'
import { useBankWords } from './words.tsx'

export function Preset({ rules }: { courseId: string; rules: Rules }) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const [which, choose] = useState<'one_after_another' | 'none' | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  if (!rules.there) return null
  const there = rules.there.filter((r) => r.rule).length
  const put = async () => {
    if (!which) return
    setBusy(true)
    setWrong(null)
    try { await rules.all(which); choose(null) } catch (error) { setWrong(trouble(error as Refusal)) }
    setBusy(false)
  }
  return (
    <section className="publish" aria-labelledby="preset-h">
      <h2 className="h" id="preset-h">{say('bk.preset')}</h2>
      <p className="quiet">{say('bk.preset.why')}</p>
      <p className="row wrap"><Button look="line" slim aria-expanded={which === 'one_after_another'} onClick={() => choose('one_after_another')}>{say('bk.preset.one')}</Button>{there > 0 && <Button look="text" slim aria-expanded={which === 'none'} onClick={() => choose('none')}>{say('bk.preset.none')}</Button>}</p>
      {which && <div className="note" role="status"><p>{say(which === 'none' ? 'bk.preset.none.why' : 'bk.preset.one.why', { n: there })}</p><p className="row wrap"><Button look="ink" slim busy={busy} onClick={() => void put()}>{say('bk.preset.go')}</Button><Button look="text" slim onClick={() => choose(null)}>{say('bk.regrade.leave')}</Button></p></div>}
      {wrong && <p className="trouble small" role="alert">{wrong}</p>}
    </section>
  )
}
