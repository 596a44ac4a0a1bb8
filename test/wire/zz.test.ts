import { test } from 'vitest'
import { newId } from '#kernel/ids'
import { ok } from '#kernel/refusals'
import { aWorld } from '../helpers/world.ts'
test('x', async () => {
  const w = await aWorld('postgres', { headEvery: 1 })
  const ada = await w.has('ada')
  const v = { name: 't', lock: async () => {}, decide: async (c: any, _: any, items: any[]) => items.map(() => { c.tell(c.record('t.t', newId(), null), `cohort:${w.cohortId}`, 't:t', {}); return ok({}) }) }
  let last = 0
  const odd: string[] = []
  ada.socket.on('push', (l: any) => { for (const t of l) { if (t[0] === 't:t') { if (t[1].seq !== last + 1) odd.push(`frame ${t[1].seq} after ${last}`); last = t[1].seq } else if (t[0] === 'cohort:head') for (const [s, q] of Object.entries(t[1].body.streams)) if (s.startsWith('cohort') && q !== last) odd.push(`head ${q} at ${last}`) } })
  for (let i = 0; i < 60; i++) await Promise.all(Array.from({ length: 5 }, () => w.app.kernel.change(v as never, newId(), {})))
  await ada.hearsNoMore('x')
  console.log('ODD', odd.join('; '), 'gaps', ada.gaps)
  await w.ends()
})
