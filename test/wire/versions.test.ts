// Versions: what is published stays, cohorts stay on theirs, and what was can be again.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Person } from '../helpers/person.ts'
import { aWorld, type World, worlds } from '../helpers/world.ts'

describe.each(worlds)('versions on %s', (on) => {
  let world: World
  let ada: Person
  let her: string
  let one: string
  const course = () => `/courses/${world.courseId}`
  const listed = () => world.gets('GET', `${course()}/versions`)
  const text = async (token = her, query = '') => (await world.gets('GET', `/topics/${one}${query}`, undefined, token)).markdown
  const writes = (markdown: string, more = {}) => world.gets('PUT', `/topics/${one}/assets/text`, { contentType: 'text', payload: { markdown }, ...more })
  const publishes = (body = {}) => world.asks('POST', `${course()}/versions`, body, world.owner.accessToken)

  beforeAll(async () => {
    world = await aWorld(on)
    ada = await world.has('ada')
    her = (await world.signsIn('ada@school.test')).accessToken
    one = (await world.gets('POST', `${course()}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'One', markdown: 'first' })).topicId
    await writes('primero', { language: 'es' })
  }, 60_000)
  afterAll(() => world?.ends())

  it('[CN16] before anything is published a cohort reads what is written', async () => {
    expect(await text()).toBe('first')
    expect(await listed()).toMatchObject({ versions: [], changed: true, drafting: [{ cohortId: world.cohortId }] })
  })

  it('[CN15] publishing freezes it, and there is nothing to publish twice', async () => {
    const made = await publishes({ note: 'For autumn', cohortIds: [world.cohortId] })
    expect([made.status, made.body.versionNo, made.body.moved]).toEqual([201, 1, 1])
    expect(await ada.hears('versions:moved')).toEqual({ cohortId: world.cohortId, versionNo: 1 })
    expect(await publishes()).toMatchObject({ status: 409, body: { code: 'nothing_to_publish' } })
    expect(await listed()).toMatchObject({ changed: false, drafting: [], versions: [{ versionNo: 1, note: 'For autumn', cohorts: [{ cohortId: world.cohortId }] }] })
    for (const change of ['UPDATE course_versions SET note = $$x$$', 'DELETE FROM course_versions', 'UPDATE topic_snapshots SET topic_name = $$x$$', 'DELETE FROM asset_snapshots', 'UPDATE course_version_topics SET module_no = 9']) {
      await expect(world.app.db.sql(change), change).rejects.toThrow(/never changed/)
    }
  })

  it('[CN16] the cohort stays on it while authors write on; a new cohort reads the newest', async () => {
    await writes('second')
    expect([await text(), await text(her, '?language=es')]).toEqual(['first', 'primero'])
    expect(await text(world.owner.accessToken, '?draft=true')).toBe('second')
    expect((await publishes()).body.versionNo).toBe(2)
    expect(await text()).toBe('first')
    const fresh = await world.cohort({ name: 'Winter' })
    await world.lists([{ email: 'ben@school.test', name: 'Ben' }], fresh.cohortId)
    const his = (await world.signsIn('ben@school.test')).accessToken
    expect(await text(his)).toBe('second')
  })

  it('[CN16] moved, everybody in class hears it, and reads on in the other version', async () => {
    const { versions } = await listed()
    const heard = ada.hears('versions:moved')
    await world.gets('PUT', `/cohorts/${world.cohortId}/version`, { versionId: versions[0].versionId })
    expect(await heard).toEqual({ cohortId: world.cohortId, versionNo: 2 })
    expect(await text()).toBe('second')
    expect((await world.gets('GET', `/cohorts/${world.cohortId}`)).version.versionNo).toBe(2)
    expect((await world.asks('PUT', `/cohorts/${world.cohortId}/version`, { versionId: versions[0].versionId }, her)).status).toBe(403)
    expect((await world.asks('PUT', `/cohorts/${world.cohortId}/version`, { versionId: one }, world.owner.accessToken)).status).toBe(404)
  })

  it('[CN17] the difference names what was added, removed, changed and moved, and what was said', async () => {
    const two = (await world.gets('POST', `${course()}/topics`, { moduleNo: 2, topicNumber: 1, topicName: 'Two', markdown: 'zwei' })).topicId
    await writes('third')
    const [v2, v1] = (await listed()).versions
    const draft = await world.gets('GET', `${course()}/versions/${v2.versionId}/difference/draft`)
    expect(draft.topics).toEqual([{ topicId: one, topicName: 'One', was: '1.1', is: '1.1', change: 'changed' }, { topicId: two, topicName: 'Two', was: null, is: '2.1', change: 'added' }])
    const parts = await world.gets('GET', `${course()}/versions/${v1.versionId}/difference/draft/topics/${one}`)
    expect(parts.parts).toEqual([{ contentKey: 'text', contentType: 'text', personaKey: null, narrator: null, language: null, before: { markdown: 'first' }, after: { markdown: 'third' } }])
    const outline = await world.gets('GET', `${course()}/outline`)
    await world.gets('PUT', `${course()}/outline`, { rowVersion: outline.rowVersion, modules: outline.modules.map((m: any) => ({ chapterId: m.chapterId, title: m.title, topics: m.moduleNo === 3 ? [one] : [] })) })
    const after = await world.gets('GET', `${course()}/versions/${v2.versionId}/difference/draft`)
    expect(after.topics).toEqual([{ topicId: one, topicName: 'One', was: '1.1', is: '3.1', change: 'changed' }])
    expect((await world.asks('GET', `${course()}/versions/${v2.versionId}/difference/draft`, undefined, her)).status).toBe(403)
  })

  it('[CN18] a restored version is the next one, the same as it was to the last byte', async () => {
    const [, v1] = (await listed()).versions
    const asset = async () => (await world.gets('GET', `/topics/${one}/source`)).assets[0]
    const { rowVersion } = await asset()
    const made = await world.gets('POST', `${course()}/versions/${v1.versionId}/restore`)
    for (const read of [1, rowVersion]) expect((await world.asks('PUT', `/topics/${one}/assets/text`, { contentType: 'text', payload: { markdown: 'late' }, rowVersion: read }, world.owner.accessToken)).status, 'read before the restore').toBe(409)
    expect([made.versionNo, made.contentHash]).toEqual([3, v1.contentHash])
    expect([await text(world.owner.accessToken, '?draft=true'), await text(world.owner.accessToken, '?draft=true&language=es')]).toEqual(['first', 'primero'])
    const outline = await world.gets('GET', `${course()}/outline`)
    expect(outline.modules.map((m: any) => m.topics.map((t: any) => t.topicName))).toEqual([['One'], [], []])
    expect(outline.removed.map((t: any) => t.topicName)).toEqual(['Two'])
    expect((await listed()).versions[0]).toMatchObject({ versionNo: 3, restoredFrom: 1 })
    expect(await text()).toBe('second') // her cohort was not moved
    expect((await world.asks('POST', `${course()}/versions/${v1.versionId}/restore`, undefined, world.owner.accessToken)).body.code).toBe('nothing_to_publish')
  })

  it('[CN22] an introduction is published and restored with its course, in every language', async () => {
    const at = `/products/${world.courseId}`
    const introduces = async (introduction: string) => world.gets('PATCH', at, { rowVersion: (await world.gets('GET', at)).rowVersion, introduction })
    await introduces('# Hello')
    await world.gets('PUT', `${course()}/names/es`, { introduction: '# Hola' })
    const with_ = await world.gets('POST', `${course()}/versions`, {})
    await introduces('')
    await world.gets('PUT', `${course()}/names/es`, { introduction: null })
    const without = await world.gets('POST', `${course()}/versions`, {})
    expect(without.contentHash).not.toBe(with_.contentHash)
    expect((await listed()).versions.map((v: any) => v.contentHash)).toContain(without.contentHash)
    await world.gets('POST', `${course()}/versions/${with_.versionId}/restore`)
    expect(await world.gets('GET', `${course()}?draft=true`)).toMatchObject({ introduction: '# Hello' })
    expect(await world.gets('GET', `${course()}?draft=true&language=es`)).toMatchObject({ introduction: '# Hola' })
    const [row] = await world.app.db.sql<{ has: boolean }>(`SELECT snapshot ? 'introduction' AS has FROM course_versions WHERE content_hash = $1`, [without.contentHash])
    expect(row?.has).toBe(false)
  })
})
