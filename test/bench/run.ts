// npm run bench: both sides in one run, interleaved, in fresh processes; the median of the ratios of each run, and their
// range, as a table and as test/.out/bench.json. Nothing here fails a build: it measures.
//   npm run bench                    all works, five runs, 1,000 clients
//   npm run bench -- S5 --runs 7     one work;  --clients 200 for a small machine
//   npm run bench -- S5 --sides lectern,prisma     some sides only, while one works on them; leaves no JSON
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { lineOf, type Run, table } from './figures.ts'
import { type Ground, makeGround } from './ground.ts'
import { d1 } from './works/d1.ts'
import { p1 } from './works/p1.ts'
import { r1 } from './works/r1.ts'
import { s1 } from './works/s1.ts'
import { s10 } from './works/s10.ts'
import { s14 } from './works/s14.ts'
import { s2 } from './works/s2.ts'
import { s3 } from './works/s3.ts'
import { s4 } from './works/s4.ts'
import { s5 } from './works/s5.ts'
import { s6 } from './works/s6.ts'
import { s7 } from './works/s7.ts'
import { s8 } from './works/s8.ts'
import { s9 } from './works/s9.ts'
import type { Work } from './works/work.ts'

const WORKS: readonly Work[] = [s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s14, p1, r1, d1]
const OUT = join(import.meta.dirname, '../.out')

const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: '5' }, clients: { type: 'string', default: '1000' }, sides: { type: 'string' } } })
const runs = Number(values.runs)
const chosen = WORKS.filter((w) => positionals.length === 0 || positionals.includes(w.id))
if (!(runs >= 1) || !(Number(values.clients) >= 1) || chosen.length === 0) {
  console.error(`npm run bench -- [${WORKS.map((w) => w.id).join(' | ')}] [--runs 5] [--clients 1000]`)
  process.exit(2)
}

const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`
console.log(`${machine}; ${values.clients} clients, ${runs} runs`)
const ground = await makeGround(Number(values.clients))
try {
  const measured = []
  for (const work of chosen) measured.push({ work, runs: await measuredIn(work, ground) })
  const lines = measured.flatMap((m) => m.work.goals.filter((g) => m.runs[0]?.lectern && (g.against === null || m.runs[0][g.against])).map((goal) => lineOf(m.work.id, goal, m.runs)))
  console.log(`\n${table(lines)}`)
  if (!values.sides) {
    mkdirSync(OUT, { recursive: true })
    writeFileSync(join(OUT, 'bench.json'), JSON.stringify({ at: new Date().toISOString(), machine, clients: ground.clients, lines, samples: measured.map((m) => ({ work: m.work.id, what: m.work.what, runs: m.runs })) }, null, 2))
  }
} finally {
  await ground.drop()
}

/** Every run takes each side once, each time another one first. */
async function measuredIn(work: Work, ground: Ground): Promise<Run[]> {
  const sides = values.sides ? work.sides.filter((s) => values.sides?.split(',').includes(s)) : work.sides
  const all: Run[] = []
  for (let i = 0; i < runs; i++) {
    const run: Run = {}
    for (let s = 0; s < sides.length; s++) {
      const side = sides[(i + s) % sides.length] as string
      run[side] = await work.measure(side, ground)
      console.log(`${work.id} ${i + 1}/${runs}  ${side.padEnd(20)} ${Object.entries(run[side]).map(([k, v]) => `${k} ${v.toFixed(2)}`).join('   ')}`)
    }
    all.push(run)
  }
  return all
}
