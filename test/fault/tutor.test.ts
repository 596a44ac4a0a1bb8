// The server is killed while the tutor answers, and starts again: what was said and written down is there, marked as interrupted; the talk
// goes on.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { aHand, asking } from '../helpers/model.ts'
import { Person } from '../helpers/person.ts'
import { freePort, type Running, starts } from '../helpers/process.ts'
import { freshPostgres, worlds } from '../helpers/world.ts'

async function api(url: string, method: string, path: string, body?: object, token?: string) {
  const reply = await fetch(`${url}/api/v1${path}`, { method, headers: { ...(body && { 'content-type': 'application/json' }), ...(token && { authorization: `Bearer ${token}` }) }, ...(body && { body: JSON.stringify(body) }) })
  if (!reply.ok) throw new Error(`${path}: ${reply.status} ${await reply.text()}`)
  return reply.json() as Promise<any>
}

describe.each(worlds)('on %s', (on) => {
  test('[TR10] [TR12] an answer whose process was killed is interrupted with what was said, and the talk is there after the start', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'lectern-tutor-'))
    const pg = on === 'postgres' ? await freshPostgres() : undefined
    const hand = await aHand()
    const port = await freePort()
    const env = { ...(pg ? { DATABASE_URL: pg.url } : { DATA_DIR: dir }), ...asking(hand.base), EMBEDDINGS_MODEL: 'none' }
    let server: Running | undefined = await starts(env, port)
    const { url } = server
    let ada: Person | undefined
    try {
      const owner = await api(url, 'POST', '/auth/dev', { email: 'owner@x.org', owner: true })
      const { courseId } = await api(url, 'POST', '/courses', { slug: 'c', name: 'C', modules: [{ moduleNo: 1, title: 'One' }] }, owner.accessToken)
      await api(url, 'POST', `/courses/${courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'Soil', markdown: 'Soil moisture is measured by a capacitive sensor. The sensor gives a voltage.' }, owner.accessToken)
      const { cohortId, inviteCode } = await api(url, 'POST', `/courses/${courseId}/cohorts`, { name: 'N', entry: 'code' }, owner.accessToken)
      const joined = await api(url, 'POST', '/join', { code: inviteCode, name: 'Ada' })
      await expect.poll(async () => (await api(url, 'GET', `/courses/${courseId}/knowledge`, undefined, owner.accessToken)).topics, { timeout: 20_000 }).toEqual({ done: 1, total: 1 })
      ada = await new Person({ who: 'ada', url, userId: joined.user.userId, token: joined.accessToken, cohortId }).comes()
      const asks = () => (ada as Person).does('tutor:ask', { courseId, cohortId, text: 'How is the moisture of soil measured by a sensor?' })

      const whole = await asks()
      ;(await hand.next()).says('By a capacitive sensor [1].').ends()
      await ada.hears('tutor:done')
      const { messageId, chatId } = await asks()
      ;(await hand.next()).says('By a capacitive sensor, which ')
      await ada.hears('tutor:delta', (b) => b.messageId === messageId)
      const kept = async () => (await (ada as Person).does('tutor:history', { chatId })).messages?.find((m) => m.messageId === messageId)
      await expect.poll(async () => (await kept())?.text, { timeout: 6_000 }).toBe('By a capacitive sensor, which')
      await server.kill('SIGKILL')
      server = await starts(env, port)
      await ada.connects()
      await expect.poll(async () => (await kept())?.state, { timeout: 30_000 }).toBe('interrupted')
      expect(await kept()).toMatchObject({ text: 'By a capacitive sensor, which', error: { code: 'interrupted' } })
      expect((await ada.does('tutor:history', { courseId })).chats?.map((c) => c.chatId).sort()).toEqual([whole.chatId, chatId].sort())
      const { messageId: next } = await ada.does('tutor:ask', { courseId, cohortId, text: 'How is the moisture of soil measured by a sensor?', chatId })
      ;(await hand.next()).says('So.').ends()
      expect(await ada.hears('tutor:done', (b) => b.messageId === next)).toMatchObject({ text: 'So.', chatId })
    } finally {
      ada?.leaves()
      await server?.kill('SIGTERM')
      await hand.close()
      await pg?.drop()
      rmSync(dir, { recursive: true, force: true })
    }
  }, 120_000)
})
