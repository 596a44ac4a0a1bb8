// One question by itself: what was chosen, what that may mean, and how it did class by class.
import { Link } from 'wouter'
import type { Pooled } from './course.ts'
import { Chosen, Hinted } from './Items.tsx'
import { Table } from './Table.tsx'
import { toDash } from './wire.ts'
import { useDashWords } from './words.tsx'

export function ItemOf({ item, quizId, back }: { item: Pooled; quizId: string; back: string }) {
  const words = useDashWords()
  const { say, number } = words
  return (
    <section className="dash-card an-one" aria-labelledby="an-one">
      <div className="spread wrap"><h2 className="h" id="an-one" tabIndex={-1}>{say('an.question', { n: number(item.no) })}</h2><Link className="btn text slim" href={back} replace>{say('an.close')}</Link></div>
      <p className="words an-text" dir="auto">{item.text}</p>
      {!item.placed && <p className="quiet small">{say('dash.earlier')}</p>}
      <p className="b"><Hinted item={item} words={words} /></p>
      {item.options && <div className="an-chosen"><Chosen item={item} /></div>}
      <h3 className="label">{say('an.by.class')}</h3>
      <Table label={say('an.by.class')} none={say('dash.part.none')} rows={item.of} of={(s) => s.cohortId} heads={[say('an.class'), say('an.answers'), say('dash.right'), say('dash.tells')]}
        cells={(s) => [<Link key="to" href={toDash(s.cohortId, 'items', { quiz: quizId })}><bdi>{s.name}</bdi></Link>, number(s.answers), s.right === null ? '—' : say('share', { share: s.right }), s.tells === null ? '—' : number(Math.round(s.tells * 100) / 100)]} />
    </section>
  )
}
