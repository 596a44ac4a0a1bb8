// The classes of a course side by side: how many learners, their mean score, and of each module how many have passed it.
import { useState } from 'react'
import { Link } from 'wouter'
import { Made } from './Frame.tsx'
import { csv } from './csv.ts'
import { type Cohort, cohortRows } from './course.ts'
import { Head } from './Head.tsx'
import { Table } from './Table.tsx'
import { toDash } from './wire.ts'
import { useDashWords } from './words.tsx'

type Sort = { by: 'name' | 'learners' | 'meanScore' | number; down: boolean }

export function CourseClasses({ name, cohorts }: { name: string; cohorts: readonly Cohort[] }) {
  const { say, number } = useDashWords()
  const [sort, setSort] = useState<Sort>({ by: 'name', down: false })
  const modules = [...new Set(cohorts.flatMap((c) => c.modules.map((m) => m.moduleNo)))].sort((a, b) => a - b)
  const columns: Sort['by'][] = ['name', 'learners', 'meanScore', ...modules]
  const inModule = (c: Cohort, no: number) => c.modules.find((m) => m.moduleNo === no)
  const value = (c: Cohort): string | number | null => (typeof sort.by === 'number' ? (c.learners === 0 ? null : (inModule(c, sort.by)?.passed ?? 0) / c.learners) : c[sort.by])
  const rows = cohorts.toSorted((a, b) => {
    const [x, y] = [value(a), value(b)]
    if (x === null || y === null) return x === y ? 0 : x === null ? 1 : -1
    return (typeof x === 'string' ? x.localeCompare(String(y)) : x - Number(y)) * (sort.down ? -1 : 1)
  })
  const head = (by: Sort['by'], says: string) => <Head says={says} on={sort.by === by} down={sort.down} onSort={() => setSort({ by, down: sort.by === by ? !sort.down : by !== 'name' })} />
  const heads = [say('an.class'), say('an.learners'), say('an.mean'), ...modules.flatMap((no) => [say('an.of', { module: number(no) }), say('dash.stuck')])]
  return (
    <>
      <h1 dir="auto">{say('an.title', { course: name })}</h1>
      <p className="dash-file"><Made name="classes" make={() => csv(heads, cohortRows(rows, modules))} /></p>
      <p className="quiet mod-what">{say('an.classes.what')}</p>
      <Table label={say('an.part.classes')} none="" rows={rows} of={(c) => c.cohortId} sorted={(n) => (columns[n] === sort.by ? (sort.down ? 'descending' : 'ascending') : undefined)}
        heads={[head('name', say('an.class')), head('learners', say('an.learners')), head('meanScore', say('an.mean')), ...modules.map((no) => head(no, say('an.of', { module: say('dash.module', { n: number(no) }) })))]}
        cells={(c) => [<Link key="to" href={toDash(c.cohortId)}><bdi>{c.name}</bdi></Link>, number(c.learners), c.meanScore === null ? '—' : number(Math.round(c.meanScore)),
          ...modules.map((no) => { const m = inModule(c, no); return m ? <Passed key={no} passed={m.passed} stuck={m.stuck} of={c.learners} /> : '—' })]} />
    </>
  )
}

function Passed({ passed, stuck, of }: { passed: number; stuck: number; of: number }) {
  const { say, number } = useDashWords()
  if (of === 0) return '—'
  return <span className="an-passed"><span className="num">{say('an.passed', { n: number(passed), of: number(of) })}{stuck > 0 && <b className="dash-is-stuck"> · {say('an.stuck', { n: number(stuck) })}</b>}</span><span className="track" aria-hidden="true"><i style={{ inlineSize: `${(passed / of) * 100}%` }} /></span></span>
}
