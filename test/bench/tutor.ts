// npm run bench:tutor: what the tutor finds (T1 to T4) and how it speaks (T5 to T10), against the endpoint's own pace in the same run. Real
// processes: two nodes, PostgreSQL, Redis, and a model that speaks at a given pace.
//   npm run bench:tutor -- speaks        T5 to T10 only;  finds: T1 to T4 only
import { spawn } from 'node:child_process'
import { cpus } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { ROOT } from '../../server/app.ts'
import { Person } from '../helpers/person.ts'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { freshPostgres } from '../helpers/world.ts'
import { opensRedis } from '../topology/redis.ts'
import type { Heard, Pace } from './speaker.ts'

const STREAMS = Number(process.env.STREAMS ?? 200)
const QUESTION = 'How is the moisture of soil measured by a sensor?'
const SOIL = 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage that falls as the soil gets wetter. Calibrate it in dry air and in water.'
const FIRST = 150
const now = () => performance.timeOrigin + performance.now()
const median = (list: number[]) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] as number
const at = (list: number[], p: number) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * p))] as number
const rows: [string, string, string, string][] = []
const row = (id: string, what: string, came: string, goal: string) => {
  rows.push([id, what, came, goal])
  console.log(`${id.padEnd(4)}${what.padEnd(64)}${came.padEnd(28)}${goal}`)
}

async function api(url: string, method: string, path: string, body?: object, token?: string): Promise<any> {
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) }, ...(body && { body: JSON.stringify(body) }) })
  if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${await reply.text()}`)
  return reply.status === 204 ? undefined : reply.json()
}

/** The pieces of an answer that a person heard, each once, in order of their places. */
const piecesOf = (p: Person, messageId: string) => [...new Map(p.ears.filter(([n, f]) => n === 'tutor:delta' && f.body.messageId === messageId).map(([, f]) => [f.body.n as number, f.body.text as string]))].sort(([a], [b]) => a - b)
const isWhole = (p: Person, messageId: string, text: string) => {
  const raw = p.ears.filter(([n, f]) => n === 'tutor:delta' && f.body.messageId === messageId).map(([, f]) => f.body.n as number)
  const pieces = piecesOf(p, messageId)
  return { lost: pieces.some(([n], i) => n !== i + 1) || pieces.map(([, t]) => t).join('') !== text, doubled: raw.length !== pieces.length, mixed: raw.some((n, i) => i > 0 && n < (raw[i - 1] as number)) }
}

/** Streams last longer than a test would wait. */
async function patiently<T>(work: () => Promise<T>, tries = 5): Promise<T> {
  return work().catch((error) => (tries > 0 ? patiently(work, tries - 1) : Promise.reject(error)))
}

async function speaks() {
  const speaker = spawn(process.execPath, ['--import', 'tsx', 'test/bench/speaker.ts'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
  const model = await new Promise<string>((said) => speaker.stdout.once('data', (d) => said(String(d).trim())))
  const set = (pace: Partial<Pace>) => fetch(`${model}/set`, { method: 'POST', body: JSON.stringify({ first: FIRST, every: 25, pieces: Array.from({ length: 40 }, (_, i) => `word${i} `), ...pace }) })
  const log = async (): Promise<Heard[]> => (await fetch(`${model}/log`)).json() as Promise<Heard[]>
  const pg = await freshPostgres()
  const redis = await opensRedis()
  const env = { DATABASE_URL: pg.url, REDIS_URL: redis.url, JWT_SECRET: 'bench '.repeat(8), OPENAI_BASE_URL: `${model}/v1`, OPENAI_API_KEY: 'k', TUTOR_MODEL: 'm', EMBEDDINGS_MODEL: 'none' }
  const nodes: Running[] = [await starts(env, await freePort()), await starts(env, await freePort())]
  const [a, b] = nodes.map((n) => n.url) as [string, string]
  const people: Person[] = []
  try {
    const owner = await api(a, 'POST', '/auth/dev', { email: 'owner@x.org', owner: true })
    const { courseId } = await api(a, 'POST', '/courses', { slug: 'c', name: 'C', modules: [{ moduleNo: 1, title: 'One' }] }, owner.accessToken)
    await api(a, 'POST', `/courses/${courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: SOIL }, owner.accessToken)
    await api(a, 'POST', `/courses/${courseId}/topics`, { moduleNo: 1, topicNumber: 2, topicName: 'Trains', markdown: 'Trains carry the harvest to the towns along the river.' }, owner.accessToken)
    const { cohortId, inviteCode } = await api(a, 'POST', `/courses/${courseId}/cohorts`, { name: 'N', entry: 'code' }, owner.accessToken)
    await api(a, 'PUT', `/cohorts/${cohortId}/tutor`, { version: 0, quota: null }, owner.accessToken)
    for (let i = 0; i < STREAMS; i++) {
      const joined = await api(a, 'POST', '/join', { code: inviteCode, name: `L${i}` })
      people.push(await new Person({ who: `l${i}`, url: i % 2 ? b : a, userId: joined.user.userId, token: joined.accessToken, cohortId }).comes())
    }
    while ((await api(a, 'GET', `/courses/${courseId}/knowledge`, undefined, owner.accessToken)).topics.done < 2) await sleep(200)
    const asks = (p: Person, text = QUESTION) => p.does('tutor:ask', { courseId, cohortId, text })
    const body = JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: QUESTION }] })
    const direct = async () => {
      const began = now()
      const reader = (await fetch(`${model}/v1/chat/completions`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).body!.getReader()
      await reader.read()
      const ms = now() - began
      while (!(await reader.read()).done) { /* to its end, as we do */ }
      return ms
    }
    let [lost, doubled, mixed] = [0, 0, 0]
    const quotes: { p: Person; chunkId: string; quote: string }[] = []
    const ours = async (p: Person, text?: string) => {
      const began = now()
      const { messageId } = await asks(p, text)
      await p.hears('tutor:delta', (d) => d.messageId === messageId)
      const ms = now() - began
      const done = await patiently(() => p.hears('tutor:done', (d) => d.messageId === messageId))
      const w = isWhole(p, messageId, done.text)
      lost += Number(w.lost)
      doubled += Number(w.doubled)
      mixed += Number(w.mixed)
      for (const c of done.citations) quotes.push({ p, chunkId: c.chunkId, quote: c.quote })
      return { ms, done }
    }

    await set({})
    await Promise.all(people.map((p) => ours(p))) // once, to warm up
    ;[lost, doubled, mixed] = [0, 0, 0]
    const one = { direct: [] as number[], ours: [] as number[] }
    for (let i = 0; i < 15; i++) {
      one.direct.push(await direct())
      one.ours.push((await ours(people[i % people.length] as Person)).ms)
    }
    row('T6', `first words, 1 stream (the endpoint's own ${median(one.direct).toFixed(0)} ms)`, `${(median(one.ours) / median(one.direct)).toFixed(2)} (${median(one.ours).toFixed(0)} ms)`, '≤ 1.15')
    // As a class asks: one after the other over ten seconds, each answer so long that all stream side by side at the end.
    await set({ pieces: Array.from({ length: 400 }, (_, i) => `word${i} `) })
    const SPREAD = 10_000
    const all = <R>(work: (p: Person) => Promise<R>) => Promise.all(people.map((p, i) => sleep((i * SPREAD) / people.length).then(() => work(p))))
    const many = { direct: await all(direct), ours: (await all((p) => ours(p))).map((r) => r.ms) }
    row('T6', `first words, ${STREAMS} streams of 40 a second (the endpoint's own ${median(many.direct).toFixed(0)} ms)`, `${(median(many.ours) / median(many.direct)).toFixed(2)} (${median(many.ours).toFixed(0)} ms, p95 ${at(many.ours, 0.95).toFixed(0)})`, '≤ 1.25')
    await set({})
    const burst = { direct: await Promise.all(people.map(direct)), ours: (await Promise.all(people.map((p) => ours(p)))).map((r) => r.ms) }
    row('T6', `beside: all ${STREAMS} asked in one moment (the endpoint's own ${median(burst.direct).toFixed(0)} ms)`, `${median(burst.ours).toFixed(0)} ms, p95 ${at(burst.ours, 0.95).toFixed(0)}`, '—')
    row('T6', `of ${15 + 2 * STREAMS} answers: lost, doubled, out of order`, `${lost}, ${doubled}, ${mixed}`, '0, 0, 0')

    await set({ pieces: ['By a capacitive sensor [1], ', 'in water [2] ', 'and by magic [99], ', 'or [0] [7].'] })
    for (const p of people.slice(0, 20)) await ours(p)
    let right = 0
    for (const { p, chunkId, quote } of quotes) if ((await api(a, 'GET', `/passages/${chunkId}`, undefined, p.token)).text.includes(quote)) right++
    row('T5', `quotes that stand in a passage that this learner may see (of ${quotes.length})`, `${((100 * right) / quotes.length).toFixed(1)} %`, '100 %')

    await set({ pieces: Array.from({ length: 120 }, (_, i) => `w${i} `) })
    let cut = 0
    let same = 0
    await Promise.all(people.slice(0, 25).map(async (p, i) => {
      const { messageId } = await asks(p)
      let url = p.url
      for (let n = 0; n < 4; n++) {
        await sleep(200 + ((i * 37 + n * 113) % 400))
        p.drops()
        cut++
        url = url === a ? b : a
        Object.assign(p, { url })
        await p.connects()
        await p.does('tutor:resume', { messageId, after: piecesOf(p, messageId).reduce((last, [m], k) => (m === k + 1 ? m : last), 0) })
      }
      const end = Date.now() + 15_000
      for (;;) {
        const { messages } = await p.does('tutor:history', { chatId: (await p.does('tutor:history', { courseId })).chats![0]!.chatId })
        const m = messages!.find((x) => x.messageId === messageId)
        if (m?.state === 'settled') {
          await p.does('tutor:resume', { messageId, after: piecesOf(p, messageId).reduce((last, [k], j) => (k === j + 1 ? k : last), 0) })
          await sleep(200)
          if (piecesOf(p, messageId).map(([, t]) => t).join('') === m.text) same++
          return
        }
        if (Date.now() > end) return
        await sleep(200)
      }
    }))
    row('T7', `answers byte-equal after ${cut} disconnects, each resumed on the other node`, `${same} of 25`, '25 of 25')

    await set({ pieces: Array.from({ length: 200 }, (_, i) => `s${i} `) })
    const stops: number[] = []
    for (let i = 0; i < 20; i++) {
      const p = people[30 + i] as Person
      const before = (await log()).length
      const { messageId } = await asks(p)
      await p.hears('tutor:delta', (d) => d.messageId === messageId)
      const began = now()
      await p.does('tutor:stop', { messageId })
      await p.hears('tutor:done', (d) => d.messageId === messageId)
      while ((await log())[before]?.closedAt == null) await sleep(5)
      stops.push(((await log())[before] as Heard & { closedAt: number }).closedAt - began)
    }
    row('T8', 'from stop to the closed line upstream, the slowest of 20', `${Math.max(...stops).toFixed(0)} ms`, '≤ 100 ms')
    await set({ stallAt: 3 })
    const stalled = people[60] as Person
    const { messageId: silent } = await asks(stalled)
    const began = now()
    for (;;) {
      if (stalled.ears.some(([n, f]) => n === 'tutor:failed' && f.body.messageId === silent)) break
      if (now() - began > 60_000) break
      await sleep(100)
    }
    row('T8', 'a model that goes silent is ended after', `${((now() - began) / 1_000).toFixed(0)} s`, '30 s')

    await set({ every: 1, pieces: ['Fine.'] })
    const { version } = await api(a, 'GET', `/cohorts/${cohortId}/tutor`, undefined, owner.accessToken)
    await api(a, 'PUT', `/cohorts/${cohortId}/tutor`, { version, quota: 10, period: 'course' }, owner.accessToken)
    const fresh = await api(a, 'POST', '/join', { code: inviteCode, name: 'Fresh' })
    const eager = await Promise.all([a, b].map((url) => new Person({ who: 'fresh', url, userId: fresh.user.userId, token: fresh.accessToken, cohortId }).comes()))
    people.push(...eager)
    const acks = await Promise.all(Array.from({ length: 50 }, (_, i) => (eager[i % 2] as Person).tries('tutor:ask', { courseId, cohortId, text: QUESTION })))
    await sleep(1_500)
    row('T9', `quota 10, 50 asks at once on two nodes: accepted, calls upstream`, `${acks.filter((k) => k.ok).length}, ${(await log()).length}`, '10, 10')
    await api(a, 'PUT', `/cohorts/${cohortId}/tutor`, { version: version + 1, quota: null }, owner.accessToken)

    const teacher = await new Person({ who: 'owner', url: a, userId: owner.user.userId, token: owner.accessToken, cohortId }).comes()
    people.push(teacher)
    await teacher.does('coldcall:open', { cohortId, kind: 'choice', text: 'What measures the moisture of soil?', options: ['A capacitive sensor', 'A photodiode', 'A train', 'A thermistor'], correct: [0] })
    const plain = ['It is a capacitive sensor.', 'A CAPACITIVE SENSOR!', 'a c a p a c i t i v e  s e n s o r', 'The answer is option A.', 'The correct answer is (a).', 'A-capacitive-sensor', '**A** is correct', 'à càpàcitive sénsor', 'Answer: A']
    const told = { strings: 0, number: 0, translated: 0 }
    const leaker = people[70] as Person
    const bare = (text: string) => text.normalize('NFKD').toLowerCase().replace(/[^a-z0-9]/g, '')
    for (const leak of plain) for (const size of [1, 3, 9, 400]) {
      await set({ first: 1, every: 1, pieces: `Let us think about the plates and the water. ${leak} ${'So now you know it all. '.repeat(5)}`.match(new RegExp(`[\\s\\S]{1,${size}}`, 'g')) as string[] })
      const { done } = await ours(leaker, 'What measures the moisture of soil?')
      if (bare(done.text).includes('acapacitivesensor') || /\b(?:answer|option|correct)\W{0,12}(?:is\W{1,4})?(?:option\W{1,3})?\(?a\b\)?(?:\W|$)/i.test(done.text) || /\bA\W{0,4}is correct/.test(done.text)) told.strings++
    }
    row('T10', `answers of ${plain.length * 4} in which a string of the key was heard before submission`, String(told.strings), '0')
    for (const [kind, text] of [['number', 'Of the four, the first one of the list is it.'], ['translated', 'Es un sensor capacitivo.']] as const) {
      await set({ first: 1, every: 1, pieces: [text, ' Read on.'] })
      const { done } = await ours(leaker, 'What measures the moisture of soil?')
      if (done.text.includes(text)) told[kind]++
    }
    row('T10', 'reported: told by its place; told in another language', `${told.number ? 'heard' : 'held'}; ${told.translated ? 'heard' : 'held'}`, '—')

    await set({ pieces: Array.from({ length: 400 }, (_, i) => `k${i} `) })
    const left = people.find((p) => p.url === b && p.socket.connected) as Person
    const { messageId: dying, chatId } = await asks(left)
    await sleep(3_500)
    await nodes[1]!.kill('SIGKILL')
    const seen = people.find((p) => p === left) as Person
    Object.assign(seen, { url: a })
    await seen.connects()
    await seen.does('tutor:history', { courseId })
    const until = Date.now() + 40_000
    let state = ''
    let kept = 0
    while (Date.now() < until) {
      const m = (await seen.does('tutor:history', { chatId })).messages!.find((x) => x.messageId === dying)
      state = m?.state ?? ''
      kept = m?.text.length ?? 0
      if (state !== 'streaming') break
      await sleep(250)
    }
    row('T7', 'after kill -9 of its node the answer is', `${state}, ${kept} characters kept`, 'interrupted, kept')
  } finally {
    for (const p of people) p.leaves()
    for (const n of nodes) await n.kill('SIGTERM').catch(() => null)
    speaker.kill()
    await redis.dies()
    await pg.drop()
  }
}

const what = process.argv[2] ?? 'all'
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.version}`)
if (what !== 'speaks') {
  const finds = spawn(process.execPath, ['--import', 'tsx', 'test/bench/knowledge.ts'], { cwd: ROOT, stdio: 'inherit' })
  await new Promise((done) => finds.once('exit', done))
}
if (what !== 'finds') await speaks()
process.exit(0)
