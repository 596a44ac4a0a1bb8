import { expect, test } from 'vitest'
import { io } from 'socket.io-client'
import { aWorld } from '../helpers/world.ts'
test('x', async () => {
  const w = await aWorld('pglite')
  const rej: unknown[] = []
  process.on('unhandledRejection', (e) => rej.push(e))
  const poll = async (body?: string, sid = '') => (await fetch(`${w.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`.replace(/&sid=$/, ''), body === undefined ? {} : { method: 'POST', body })).text()
  const sid = JSON.parse((await poll()).slice(1)).sid
  console.log('POST', await poll('40', sid))
  console.log('NOAUTH', await Promise.race([poll(undefined, sid), new Promise((r) => setTimeout(() => r('none'), 1500))]), rej.map(String))
  const ada = await w.has('ada')
  const deep = `[${'['.repeat(15000)}${']'.repeat(15000)}]`
  const e: any = (ada.socket.io as any).engine
  const said = new Promise((r) => e.on('data', (d: string) => d.startsWith('4377') && r(d)).on('message', (d: string) => String(d).startsWith('377') && r(d)))
  e.write(`277["cohort:leave",${deep}]`)
  console.log('DEEP', await Promise.race([said, new Promise((r) => setTimeout(() => r('none'), 1500))]))
  console.log('SINCE', JSON.stringify(await ada.socket.timeout(3000).emitWithAck('cohort:join', { cohortId: w.cohortId, epoch: ada.epoch, since: Object.fromEntries(Object.keys(ada.last).map((k) => [k, 1e300])) })))
  const many = await Promise.allSettled(Array.from({ length: 20 }, () => w.person('ada', { accessToken: ada.token, user: { userId: ada.userId } } as never).connects()))
  console.log('NINTH', many.filter((m) => m.status === 'fulfilled').length)
  const t = await Promise.all(Array.from({ length: 40 }, (_, i) => w.asks('POST', '/join', { code: `APPLE ${2000 + i}`, name: 'x' })))
  console.log('TRIES', t.map((x) => x.status).join())
  console.log('DATES', JSON.stringify([await w.asks('POST', `/courses/${w.courseId}/cohorts`, { name: 'a', startsAt: '2026-01-01T06:00:00Z', endsAt: '2026-01-01T10:00:00+05:00' }, w.owner.accessToken), await w.asks('POST', `/courses/${w.courseId}/cohorts`, { name: 'a', startsAt: '0000-01-01T06:00:00Z' }, w.owner.accessToken)].map((x) => x.body)))
  for (const p of ['/api/v1/cohorts/%zz', `/api/v1/cohorts/${'a'.repeat(300)}`, '/%ff', '/api/v1/nothing']) { const r = await fetch(w.url + p); console.log('URL', p.slice(0, 30), r.status, r.headers.get('content-type'), (await r.text()).slice(0, 150)) }
  const bad: number[] = []
  const cps = Array.from({ length: 0x1FFFF }, (_, i) => i).filter((i) => i > 127 && (i < 0xd800 || i > 0xdfff))
  const js = cps.map((c) => String.fromCodePoint(c).toLowerCase().normalize('NFC'))
  const [row] = await w.app.db.sql('SELECT array_agg(x ORDER BY n) AS l FROM (SELECT lower(x) x, n FROM unnest($1::text[]) WITH ORDINALITY AS u (x, n)) q', [js])
  js.forEach((x, i) => { if (row!.l[i] !== x) bad.push(cps[i]!) })
  console.log('LOWER', bad.length, bad.slice(0, 20).map((c) => c.toString(16)))
  await w.ends()
}, 60000)
