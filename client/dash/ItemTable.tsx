// The questions of a quiz in figures, in the order of any column, and as a file.
import { useState } from 'react'
import { Link } from 'wouter'
import { letter } from '../parts/letter.ts'
import { BY, type By, inOrder, itemHeads, itemRows, type Pooled, wrongShare } from './course.ts'
import { csv } from './csv.ts'
import { Made } from './Frame.tsx'
import { Head } from './Head.tsx'
import { Hinted } from './Items.tsx'
import { Table } from './Table.tsx'
import { type DashSays, useDashWords } from './words.tsx'

const HEADS: Record<By, DashSays> = { no: 'an.no', text: 'dash.question', answers: 'an.answers', right: 'dash.right', tells: 'dash.tells', wrong: 'an.wrong' }

export function ItemTable({ items, toItem }: { items: readonly Pooled[]; toItem(id: string): string }) {
  const words = useDashWords()
  const { say, number } = words
  const [{ by, down }, setSort] = useState<{ by: By; down: boolean }>({ by: 'no', down: false })
  const rows = inOrder(items, by, down)
  return (
    <>
      <p className="an-file"><Made name="questions" make={() => csv(itemHeads, itemRows(rows))} /></p>
      <Table label={say('an.part.items')} none={say('dash.part.none')} rows={rows} of={(i) => i.id} sorted={(n) => (BY[n] === by ? (down ? 'descending' : 'ascending') : undefined)}
        heads={[...BY.map((one) => <Head key={one} says={say(HEADS[one])} on={by === one} down={down} onSort={() => setSort({ by: one, down: by === one ? !down : one === 'answers' || one === 'wrong' })} />), say('dash.hint')]}
        cells={(i) => [number(i.no), <div key="text" className="an-q"><Link className="words" dir="auto" href={toItem(i.id)}>{i.text}</Link>{!i.placed && <small className="quiet dash-was">{say('dash.earlier')}</small>}</div>, number(i.answers),
          i.right === null ? '—' : say('share', { share: i.right }), i.tells === null ? '—' : number(Math.round(i.tells * 100) / 100), <Wrong key="wrong" item={i} />, <Hinted key="hint" item={i} words={words} />]} />
    </>
  )
}

function Wrong({ item }: { item: Pooled }) {
  const { say } = useDashWords()
  const n = item.options?.findIndex((o) => o.optionId === item.mostWrong) ?? -1
  const share = wrongShare(item)
  if (n < 0 || share === null) return '—'
  return <><span className="num">{say('an.wrong.of', { option: letter(n), share: say('share', { share }) })}</span><small className="quiet dash-was" dir="auto">{item.options![n]!.text}</small></>
}
