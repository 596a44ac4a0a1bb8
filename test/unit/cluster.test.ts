// Answers of a class in groups of one meaning, against groups that a teacher made: how well, how fast, how steadily.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusters, type Item } from '../../server/features/groups/cluster.ts'
import { arranged, current, type Grouping, merged, renamed, split } from '../../server/features/groups/grouping.ts'
import { plain } from '../../server/features/groups/likeness.ts'
import { isRefused } from '#kernel/refusals'

function run(items: readonly Item[]) {
  const work = clusters(items)
  let longest = 0
  for (;;) {
    const began = process.cpuUsage()
    const step = work.next()
    const { user, system } = process.cpuUsage(began)
    longest = Math.max(longest, (user + system) / 1_000)
    if (step.done) return { ...step.value, longest }
  }
}

/** What a teacher put together, line by line; `-`: like no other. */
const CLASSES: Record<string, string[][]> = {
  'Why use a sleep mode on a battery-powered sensor?': [
    ['To save battery', 'saves battery power', 'it saves the battery', 'so the battery lasts longer', 'battery last longer', 'To make the battery last longer', 'longer battery life', 'so that battery life is longer', 'save batery', 'to save power of the battery'],
    ['So it does not overheat', 'it would overheat otherwise', 'to stop it overheating', 'prevents overheating', 'it get too hot, overheats'],
    ['The soil changes slowly so you do not need constant readings', 'soil moisture changes slowly', 'because moisture of soil does not change fast', 'readings change slowly so no need to measure all the time'],
    ['I don’t know', 'dont know', 'no idea', 'idk'],
  ],
  'What does a capacitive sensor measure?': [
    ['Soil moisture', 'soil moisture!', 'the moisture of the soil', 'moisture in soil', 'how moist the soil is', 'SOIL MOISTURE', 'la humedad de la tierra y soil moisture'],
    ['Temperature', 'the temperature', 'temperature of the air', 'Temprature', 'air temperature'],
    ['Light', 'light level', 'the level of light', 'how much light there is'],
    ['Capacitance', 'the capacitance', 'change in capacitance', 'capacitance changes'],
    ['42', '42 percent', '42%'],
  ],
  '¿Por qué falla la lectura? / Why does the reading fail?': [
    ['El cable está suelto', 'cable suelto', 'el cable esta suelto', 'un cable suelto'],
    ['The wire is loose', 'loose wire', 'a loose wire', 'wire came loose'],
    ['No hay wifi', 'no wifi', 'sin wifi', 'wifi no funciona'],
    ['Wrong pin in the code', 'the code uses the wrong pin', 'wrong pin', 'pin number is wrong in code'],
    ['the sensor is broken', 'broken sensor', 'sensor broke', 'sensor is not working, broken'],
  ],
}

/** How well pairs agree: of those put together how many belong together, and the other way round. */
function f1(truth: string[][], made: string[][]): number {
  const pairs = (groups: string[][]) => new Set(groups.flatMap((g) => g.flatMap((a, i) => g.slice(i + 1).map((b) => [a, b].sort().join('|')))))
  const [want, have] = [pairs(truth), pairs(made)]
  const both = [...have].filter((p) => want.has(p)).length
  return both === 0 ? 0 : (2 * both) / (want.size + have.size)
}

describe('groups', () => {
  it('[GR1] come near to what a teacher puts together, and far nearer than the same words do', () => {
    const figures = Object.entries(CLASSES).map(([question, truth]) => {
      const items = truth.flatMap((g, i) => g.map((text, j) => ({ id: `${i}.${j}`, text })))
      const ids = truth.map((g, i) => g.map((_, j) => `${i}.${j}`))
      const exact = [...new Set(items.map((i) => plain(i.text)))].map((said) => items.filter((i) => plain(i.text) === said).map((i) => i.id))
      const { clusters: made } = run(items)
      if (process.env.SHOW_GROUPS) for (const c of made) console.log(c.name, '<-', c.ids.map((id) => items.find((i) => i.id === id)?.text).join(' | '))
      return { question, ours: f1(ids, made.map((c) => c.ids)), exact: f1(ids, exact) }
    })
    console.table(figures)
    for (const { ours, exact } of figures) expect(ours).toBeGreaterThan(exact + 0.3)
    expect(figures.reduce((n, f) => n + f.ours, 0) / figures.length).toBeGreaterThan(0.6)
  })

  it('[GR1] are the same whatever order the answers come in, and hold each answer once', () => {
    const items = Object.values(CLASSES)[0]!.flat().map((text, i) => ({ id: String(i).padStart(3, '0'), text }))
    const once = run(items)
    fc.assert(fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (mixed) => {
      const { longest: _, ...again } = run(mixed)
      expect({ ...again, longest: once.longest }).toEqual(once)
      expect([...again.clusters.flatMap((c) => c.ids), ...again.loose].sort()).toEqual(items.map((i) => i.id).sort())
    }), { numRuns: 20 })
  })

  it('[GR2] what differs only in case, spaces or marks is together; other numbers and a denial never are', () => {
    const of = (texts: string[]) => run(texts.map((text, i) => ({ id: `${i}`, text }))).clusters.map((c) => c.ids.sort())
    expect(of(['Soil moisture', 'soil  MOISTURE!', '“soil moisture.”'])).toEqual([['0', '1', '2']])
    expect(of(['It is 42 degrees', 'It is 24 degrees', '42 degrees it is'])).toEqual([['0', '2']])
    expect(of(['the sensor is wet', 'the sensor is not wet'])).toEqual([])
    expect(of(['yes', 'no', 'Yes', 'NO'])).toEqual(expect.arrayContaining([['0', '2'], ['1', '3']]))
    expect(of(['土壌の湿度を測る', '土壌の湿度を測ります', '光を測る'])[0]).toEqual(['0', '1'])
    expect(run([]).clusters).toEqual([])
  })

  // Other tests run beside it, which only ever adds to the delay: what holds once holds.
  it('[GR3] two thousand answers hold nobody up', { retry: 2 }, () => {
    const words = 'soil moisture sensor battery sleep power light water reading voltage pin wire cloud code slow fast wet dry plant farm'.split(' ')
    let seed = 7
    const next = (n: number) => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed % n
    }
    const items = Array.from({ length: 2_000 }, (_, i) => ({ id: String(i), text: Array.from({ length: 4 + next(6) }, () => words[next(words.length)]).join(' ') }))
    const before = process.cpuUsage()
    const { clusters: made, loose, longest } = run(items)
    const { user, system } = process.cpuUsage(before)
    console.log(`2,000 answers: ${Math.round((user + system) / 1_000)} ms of CPU, the longest slice ${longest.toFixed(1)} ms, ${made.length} groups`)
    expect(made.flatMap((c) => c.ids).length + loose.length).toBe(2_000)
    expect(longest).toBeLessThan(50)
  })
})

describe('by hand', () => {
  const g: Grouping = { groups: [{ groupId: 'a', name: 'A', renamed: false, answers: ['1', '2', '3'] }, { groupId: 'b', name: 'B', renamed: true, answers: ['4', '5'] }], loose: ['6'] }
  it('[GR4] groups are named, put together and parted; an answer is always in one place', () => {
    expect(renamed(g, 'a', 'New')).toMatchObject({ groups: [{ name: 'New', renamed: true }, {}] })
    expect(merged(g, 'a', ['b'])).toEqual({ groups: [{ groupId: 'a', name: 'B', renamed: true, answers: ['1', '2', '3', '4', '5'] }], loose: ['6'] })
    expect(split(g, { groupId: 'c', name: 'C', answers: ['2', '6'] }, true)).toEqual({ groups: [{ ...g.groups[0], answers: ['1', '3'] }, g.groups[1], { groupId: 'c', name: 'C', renamed: true, answers: ['2', '6'] }], loose: [] })
    expect(split(g, { groupId: 'c', name: 'C', answers: ['4', '5'] }, true)).toMatchObject({ groups: [{ groupId: 'a' }, { groupId: 'c' }] })
    expect([isRefused(merged(g, 'a', ['x'])), isRefused(merged(g, 'a', ['a'])), isRefused(renamed(g, 'x', 'X')), isRefused(split(g, { groupId: 'c', name: 'C', answers: ['9'] }, true))]).toEqual([true, true, true, true])
  })
  it('[GR8] they are put back as they were; what is in none is loose, and nothing is in two', () => {
    const back = [{ ...g.groups[0]!, answers: ['1', '6', 'gone'] }]
    expect(arranged(g, back)).toEqual({ groups: [{ ...g.groups[0], answers: ['1', '6'] }], loose: ['2', '3', '4', '5'] })
    expect([isRefused(arranged(g, [...back, { ...back[0]!, groupId: 'c' }])), isRefused(arranged(g, [back[0]!, { ...back[0]!, answers: ['2'] }]))]).toEqual([true, true])
  })
  it('[GR5] what was hidden since is in no group, and a group that is left empty goes', () => {
    expect(current(g, new Set(['1', '2', '6', '7']))).toEqual({ groups: [{ groupId: 'a', name: 'A', renamed: false, answers: ['1', '2'] }], loose: ['6', '7'] })
  })
})
