// Answers in groups: what there is, the cards, what is like no other, and what can be done with answers that are selected.
import { useMemo, useState } from 'react'
import type { PromptView } from '../../server/features/coldcall/view.ts'
import { useRoom } from '../classroom.tsx'
import { Button } from '../parts/Button.tsx'
import { useMore } from '../parts/more.ts'
import { Bones } from '../parts/State.tsx'
import { Card } from './Card.tsx'
import { useGrouping } from './grouping.ts'
import { Head } from './Head.tsx'
import { Picked } from './Picked.tsx'
import { Said } from './Said.tsx'
import { useFocusOn } from './focus.ts'
import { useGroupWords } from './words.tsx'

const FEW = 4

type Props = { prompt: PromptView; leads: boolean }

export function Groups({ prompt, leads }: Props) {
  const { say } = useGroupWords()
  const { live } = useRoom()
  const up = prompt.answers.filter((a) => a.revealed && !a.hidden && a.body)
  useMore(live, prompt, true)
  const isFew = prompt.next === null && up.length < FEW
  return isFew ? <p className="grp-none quiet">{say('grp.few', { n: up.length })}</p> : <Made prompt={prompt} leads={leads} turn={`${up.length} ${prompt.answers.filter((a) => a.hidden).length}`} />
}

function Made({ prompt, leads, turn }: Props & { turn: string }) {
  const { say } = useGroupWords()
  const grouping = useGrouping(prompt.promptId, turn)
  const { seen, unread, busy } = grouping
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const texts = useMemo(() => new Map(prompt.answers.map((a) => [a.messageId, a.body ?? ''])), [prompt.answers])
  const list = useFocusOn(seen)
  if (unread && !seen) return <div className="grp-none"><p className="trouble" role="alert">{unread}</p><Button look="line" onClick={grouping.read}>{say('try.again')}</Button></div>
  if (!seen) return <div className="grp-none"><Bones label={say('grp.wait')} lines={[70, 92, 84, 60]} /></div>

  const there = new Set([...seen.groups.flatMap((g) => g.answers), ...seen.loose])
  const picked = [...chosen].filter((id) => there.has(id))
  const pick = (id: string) => setChosen((was) => { const now = new Set(was); if (!now.delete(id)) now.add(id); return now })
  const cleared = async (done: Promise<boolean>) => { if (await done) setChosen(new Set()) }
  const said = { texts, picked: chosen, pick: leads ? pick : undefined }
  return (
    <div className="grps" ref={list.within} aria-busy={busy}>
      <Head grouping={grouping} seen={seen} leads={leads} />
      {seen.groups.length === 0 && <p className="quiet">{say('grp.none')}</p>}
      <ol className="grp-cards" aria-label={say('grp.list.label')}>
        {seen.groups.map((g) => (
          <Card key={g.groupId} group={g} groups={seen.groups} grouped={seen.grouped} leads={leads} said={said}
            rename={(name) => grouping.rename(g.groupId, name)} merge={(from, into) => { list.goTo(into); void grouping.merge(from, into) }} />
        ))}
      </ol>
      {seen.loose.length > 0 && (
        <section className="grp-loose" aria-labelledby="grp-loose">
          <h3 className="h" id="grp-loose">{say('grp.loose')} <span className="num quiet">{seen.loose.length}</span></h3>
          <Said answers={seen.loose} label={say('grp.loose')} {...said} />
        </section>
      )}
      {leads && picked.length > 0 && (
        <Picked n={picked.length} groups={seen.groups} busy={busy} drop={() => setChosen(new Set())}
          split={(name) => void cleared(grouping.split(picked, name))} move={(into) => { list.goTo(into); void cleared(grouping.move(picked, into)) }} />
      )}
    </div>
  )
}
