// Each command, route and push × each role gives what is declared, and nothing that is not declared passes.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Call, Command, Contract, Push } from '#kernel/contract'
import { wire } from '../../server/wire.ts'
import { aKey, type Person } from '../helpers/person.ts'
import { aWorld, type Signed, type World, worlds } from '../helpers/world.ts'

const contracts = wire as readonly Contract[]
const CAST = ['owner', 'instructor', 'observer', 'learner', 'screen', 'elsewhere learner', 'elsewhere instructor', 'outsider', 'sibling admin', 'other owner', 'program', 'impersonator'] as const
type Who = (typeof CAST)[number]
const BELONGS = new Set<Who>(['owner', 'instructor', 'observer', 'learner', 'screen', 'program', 'impersonator'])
/** What each of the cast is in this cohort. */
const ROLE: Partial<Record<Who, string>> = { owner: 'instructor', instructor: 'instructor', observer: 'observer', learner: 'learner', screen: 'screen', program: 'observer', impersonator: 'learner' }

describe.each(worlds)('on %s', (on) => {
  let world: World
  let elsewhere: { cohortId: string }
  const people = {} as Record<Who, Person>
  const signed = {} as Record<Who, Signed>
  let promptId = ''
  let messageId = ''
  let pickId = ''
  let topicId = ''
  let sessionId = ''
  let [quizId, attemptId, runId] = ['', '', '']
  let [orgId, rootId, roleId, grantId, spareKey] = ['', '', '', '', '']

  beforeAll(async () => {
    world = await aWorld(on)
    elsewhere = await world.cohort({ name: 'Elsewhere' })
    people.owner = await world.has('owner')
    people.instructor = await world.has('ruth', { role: 'instructor' })
    people.observer = await world.has('obi', { role: 'observer' })
    people.learner = await world.has('ada')
    people.screen = await world.has('ruth', { role: 'instructor', as: 'screen' })
    people['elsewhere learner'] = await world.has('eve', { cohortId: elsewhere.cohortId })
    people['elsewhere instructor'] = await world.has('tom', { cohortId: elsewhere.cohortId, role: 'instructor' })
    people.outsider = await world.person('sue', await world.signsIn('sue@school.test')).connects()
    await beyond()
    for (const who of CAST) signed[who] = { accessToken: people[who].token, refreshToken: '', user: { userId: people[who].userId, name: who, email: null } }
    sessionId = (await people.instructor.does('session:start', { cohortId: world.cohortId })).sessionId
    topicId = (await world.gets('POST', `/courses/${world.courseId}/topics`, { moduleNo: 1, topicNumber: 1, topicName: 'One', markdown: '# One' })).topicId
    quizId = (await world.gets('POST', `/courses/${world.courseId}/quizzes`, { moduleNo: 1, title: 'Q', passScore: 1, questions: [{ text: 'Who may?', options: [{ text: 'a', correct: true }, { text: 'b', correct: false }] }] })).quizId
    attemptId = (await people.learner.does('quiz:start', { quizId, cohortId: world.cohortId })).attemptId
    runId = (await people.instructor.does('quiz:live_start', { quizId, cohortId: world.cohortId })).runId
    promptId = (await people.instructor.does('coldcall:open', { cohortId: world.cohortId, text: 'Who may?' })).promptId
    messageId = (await people.learner.does('coldcall:answer', { promptId, body: 'me' })).messageId
    pickId = (await people.instructor.does('coldcall:pick', { cohortId: world.cohortId })).pickId
  })
  afterAll(() => world.ends())

  /** An administrator of a place beside, the owner of another organisation, a program that watches, and the owner as the learner. */
  async function beyond() {
    const org = (await world.gets('GET', '/orgs')).orgs[0]
    orgId = org.orgId
    rootId = org.rootId
    const side = (await world.gets('POST', '/nodes', { parentId: rootId, name: 'Beside' })).nodeId
    await world.gets('POST', `/nodes/${side}/grants`, { email: 'sid@school.test', role: 'administrator' })
    const other = await world.gets('POST', '/orgs', { slug: 'other', name: 'Other' })
    await world.gets('POST', `/nodes/${other.rootId}/grants`, { email: 'oto@other.test', role: 'owner' })
    const key = await world.gets('POST', `/nodes/${rootId}/keys`, { name: 'Board', scopes: ['course.read', 'cohort.observe'] })
    const program = await world.gets('GET', '/me', undefined, key.secret)
    const view = await world.gets('POST', '/view-as', { userId: people.learner.userId, reason: 'To see what she sees.' })
    people['sibling admin'] = await world.person('sid', await world.signsIn('sid@school.test')).connects()
    people['other owner'] = await world.person('oto', await world.signsIn('oto@other.test')).connects()
    people.program = await world.person('board', { accessToken: key.secret, refreshToken: '', user: program.user }).comes()
    people.impersonator = await world.person('as ada', { accessToken: view.accessToken, refreshToken: '', user: { ...view.user, email: null } }).comes()
    spareKey = (await world.gets('POST', `/nodes/${rootId}/keys`, { name: 'Spare', scopes: ['node.read'] })).keyId
    roleId = (await world.gets('POST', `/orgs/${orgId}/roles`, { key: 'held', name: 'Held', permissions: {} })).roleId
    await world.gets('POST', `/nodes/${rootId}/grants`, { email: 'held@school.test', role: 'held' })
    grantId = (await world.gets('GET', `/nodes/${rootId}/grants?q=olive`)).grants[0].grantId
  }

  /** A payload that is understood, for each command. */
  const payloads: Record<string, () => object> = {
    'auth:renew': () => ({ token: 'not a token' }),
    'cohort:join': () => ({ cohortId: world.cohortId }),
    'cohort:leave': () => ({ cohortId: world.cohortId }),
    'session:start': () => ({ cohortId: world.cohortId }),
    'session:end': () => ({ cohortId: world.cohortId }),
    'coldcall:open': () => ({ cohortId: world.cohortId, text: 'Again?' }),
    'coldcall:answer': () => ({ promptId, body: 'me too' }),
    'coldcall:extend': () => ({ promptId, seconds: 30 }),
    'coldcall:close': () => ({ promptId }),
    'coldcall:reopen': () => ({ promptId }),
    'coldcall:cancel': () => ({ promptId }),
    'coldcall:reveal': () => ({ promptId, messageIds: [aKey()] }),
    'coldcall:answers': () => ({ promptId }),
    'coldcall:star': () => ({ messageId, on: true }),
    'coldcall:hide': () => ({ messageId, hidden: true }),
    'coldcall:spotlight': () => ({ promptId, messageId: null }),
    'coldcall:pick': () => ({ cohortId: world.cohortId, promptId }),
    'coldcall:pass': () => ({ pickId }),
    'coldcall:fairness': () => ({ cohortId: world.cohortId }),
    'coldcall:shift': () => ({ promptId }),
    'module:unlock': () => ({ cohortId: world.cohortId, moduleNo: 1 }),
    'module:lock': () => ({ cohortId: world.cohortId, moduleNo: 3 }),
    'module:rule': () => ({ cohortId: world.cohortId, moduleNo: 3 }),
    'reading:follow': () => ({}),
    'quiz:list': () => ({ cohortId: world.cohortId }),
    'quiz:start': () => ({ quizId, cohortId: world.cohortId }),
    'quiz:save': () => ({ attemptId, questionId: aKey(), answer: { optionIds: [] } }),
    'quiz:submit': () => ({ attemptId }),
    'quiz:review': () => ({ attemptId }),
    'quiz:attempts': () => ({ cohortId: world.cohortId }),
    'quiz:live_start': () => ({ quizId, cohortId: world.cohortId }),
    'quiz:live_next': () => ({ runId }),
    'quiz:live_end': () => ({ runId }),
    'tutor:ask': () => ({ courseId: world.courseId, text: 'Who may ask?' }),
    'tutor:resume': () => ({ messageId: aKey(), after: 0 }),
    'tutor:stop': () => ({ messageId: aKey() }),
    'tutor:history': () => ({ courseId: world.courseId }),
    'tutor:search': () => ({ courseId: world.courseId, text: 'may' }),
    'tutor:suggest': () => ({ courseId: world.courseId }),
    'tutor:rate': () => ({ messageId: aKey(), helpful: true }),
    'tutor:pass_on': () => ({ messageId: aKey() }),
    'tutor:forget': () => ({ chatId: aKey() }),
    'dashboard:watch': () => ({ cohortId: world.cohortId }),
    'dashboard:unwatch': () => ({ cohortId: world.cohortId }),
  }
  const commands = contracts.flatMap((c) => Object.entries(c.commands).map(([short, command]) => [`${c.name}:${short}`, command] as const))
  // What would end the scene comes last.
  const LAST = ['coldcall:cancel', 'session:end', 'cohort:leave']

  test.each(commands.filter(([n]) => !LAST.includes(n)).concat(commands.filter(([n]) => LAST.includes(n))))('[AX1] %s', async (name, command: Command) => {
    const payload = payloads[name]
    expect(payload, `${name} is not declared in this test`).toBeDefined()
    for (const who of CAST) {
      const ack = await people[who].tries(name as never, payload?.() as never)
      const code = (ack as { ok: boolean; error?: { code: string } }).ok ? 'ok' : ((ack as { error: { code: string } }).error.code)
      if (command.may === 'anybody') continue
      const role = ROLE[who]
      if (!BELONGS.has(who)) expect(code, `${who} ${name}`).toBe('not_found')
      else if (command.may.includes(role as never)) expect(['forbidden', 'unauthenticated', 'internal'], `${who} ${name}: ${code}`).not.toContain(code)
      else expect([who === 'screen' ? 'forbidden' : name === 'coldcall:answer' ? 'not_addressed' : 'forbidden'], `${who} ${name}: ${code}`).toContain(code)
    }
    if (name === 'cohort:leave') for (const who of CAST) if (BELONGS.has(who)) await people[who].joins()
    if (name === 'cohort:join') await people.screen.joins()
  })

  /** The status that each route has for [owner, instructor, observer, learner, elsewhere learner, elsewhere instructor, outsider], and
   *  `beyond` for [sibling admin, other owner, program, impersonator]: else both are as the outsider, the program as the observer, and
   *  who views as the learner as the learner. `asked`: what stands in the query. */
  const READERS: Who[] = ['owner', 'instructor', 'observer', 'learner', 'elsewhere learner', 'elsewhere instructor', 'outsider', 'sibling admin', 'other owner', 'program', 'impersonator']
  type Declared = { body?: () => object; status: number[]; beyond?: number[]; asked?: string }
  const statusesOf = ({ status, beyond: more }: Declared) => [...status, ...(more ?? [status[6], status[6], status[2], status[3]])]
  const ALL = [200, 200, 200, 200, 200, 200, 200]
  /** Of a place that only the owner and the program may see; the program reads nothing there. */
  const atTop = (status: number): Pick<Declared, 'status' | 'beyond'> => ({ status: [status, 404, 404, 404, 404, 404, 404], beyond: [404, 404, 403, 404] })
  /** For who writes the course: the owner alone; the others may read it, but for the outsider. */
  const written = (status: number): Pick<Declared, 'status'> => ({ status: [status, 403, 403, 403, 403, 403, 404] })
  /** For the person alone: no program, and nobody who views as them. */
  const personal = (status: number): Pick<Declared, 'status' | 'beyond'> => ({ status: Array(7).fill(status), beyond: [status, status, 403, 403] })
  const routes: Record<string, Declared> = {
    'GET /me/identities': personal(200),
    'POST /me/identities': personal(409),
    'POST /me/identities/redeem': { body: () => ({ flow: 'x' }), ...personal(409) },
    'DELETE /me/identities/:identityId': personal(404),
    'GET /me/sessions': personal(200),
    'DELETE /me/sessions/:sessionId': personal(404),
    'GET /me/profile': personal(200),
    'PATCH /me/profile': { body: () => ({ rowVersion: 99 }), ...personal(409) },
    'POST /me/education': { body: () => ({ institution: 'I', degree: null, field: null, startsOn: '2020-01-01', endsOn: null }), ...personal(201) },
    'PATCH /me/education/:educationId': { body: () => ({ institution: 'I', degree: null, field: null, startsOn: '2020-01-01', endsOn: null }), ...personal(404) },
    'DELETE /me/education/:educationId': personal(404),
    'POST /me/experiences': { body: () => ({ company: 'C', title: 'T', startsOn: '2020-01-01', endsOn: null }), ...personal(201) },
    'PATCH /me/experiences/:experienceId': { body: () => ({ company: 'C', title: 'T', startsOn: '2020-01-01', endsOn: null }), ...personal(404) },
    'DELETE /me/experiences/:experienceId': personal(404),
    'GET /me/export': personal(200),
    'DELETE /me': { body: () => ({ confirm: 'no' }), ...personal(409) },
    'DELETE /me/sessions': personal(204),
    'GET /nodes/:nodeId/sso': atTop(200),
    'POST /nodes/:nodeId/sso': { body: () => ({ name: 'S', issuer: 'https://127.0.0.1:1', client: 'c', secret: 's', domains: [] }), ...atTop(409) },
    'PATCH /sso/:ssoId': { body: () => ({ rowVersion: 1 }), status: Array(7).fill(404) },
    'DELETE /sso/:ssoId': { status: Array(7).fill(404) },
    'POST /sso/:ssoId/prove': { body: () => ({ domain: 'x.test' }), status: Array(7).fill(404) },
    'GET /orgs': { status: ALL },
    'POST /orgs': { body: () => ({ slug: `o-${aKey()}`, name: 'O' }), status: [201, 403, 403, 403, 403, 403, 403] },
    'GET /nodes': { status: ALL },
    'GET /nodes/:nodeId': { ...atTop(200), beyond: [404, 404, 200, 404] },
    'POST /nodes': { body: () => ({ parentId: rootId, name: 'N' }), ...atTop(201) },
    'PATCH /nodes/:nodeId': { body: () => ({ name: 'N', rowVersion: 99 }), ...atTop(409) },
    'POST /nodes/:nodeId/move': { body: () => ({ parentId: rootId }), ...atTop(409) },
    'DELETE /nodes/:nodeId': atTop(409),
    'GET /orgs/:orgId/node-types': { ...atTop(200), beyond: [200, 404, 200, 404] },
    'PUT /orgs/:orgId/node-types/:type': { body: () => ({ name: 'Year', allowedChildren: null }), ...atTop(200) },
    'GET /permissions': { status: ALL },
    'GET /orgs/:orgId/roles': { ...atTop(200), beyond: [200, 404, 200, 404] },
    'POST /orgs/:orgId/roles': { body: () => ({ key: `r${aKey().replaceAll('-', '')}`, name: 'R', permissions: {} }), ...atTop(201) },
    'PATCH /roles/:roleId': { body: () => ({ name: 'R', rowVersion: 99 }), ...atTop(409) },
    'DELETE /roles/:roleId': atTop(409),
    'GET /nodes/:nodeId/grants': atTop(200),
    'POST /nodes/:nodeId/grants': { body: () => ({ email: `${aKey()}@x.org`, role: 'observer' }), ...atTop(201) },
    'DELETE /grants/:grantId': atTop(409),
    'GET /me/why': { asked: '?permission=course.read', status: ALL },
    'GET /people/:userId/why': { asked: '?permission=course.read', ...atTop(200) },
    'GET /nodes/:nodeId/keys': atTop(200),
    'POST /nodes/:nodeId/keys': { body: () => ({ name: 'K', scopes: ['node.read'] }), ...atTop(201), beyond: [404, 404, 403, 403] },
    'DELETE /keys/:keyId': atTop(204),
    'POST /view-as': { body: () => ({ userId: people.learner.userId, reason: 'Again.' }), ...atTop(409), beyond: [404, 404, 403, 403] },
    'POST /view-as/stop': { status: [204, 204, 204, 204, 204, 204, 204] },
    'GET /me/views': { status: ALL },
    'GET /openings': { status: ALL },
    'PUT /nodes/:nodeId/opening': { body: () => ({ text: 'Come.', isOpen: true }), ...atTop(200) },
    'POST /openings/:nodeId/applications': { body: () => ({ about: 'Me.' }), status: [201, 201, 201, 201, 201, 201, 201], beyond: [201, 201, 403, 403] },
    'GET /me/applications': { status: ALL },
    'POST /applications/:applicationId/withdraw': { status: [404, 404, 404, 404, 404, 404, 404], beyond: [404, 404, 403, 403] },
    'GET /nodes/:nodeId/applications': atTop(200),
    'POST /applications/:applicationId/approve': { status: [404, 404, 404, 404, 404, 404, 404] },
    'POST /applications/:applicationId/refuse': { body: () => ({ reason: 'No.' }), status: [404, 404, 404, 404, 404, 404, 404] },
    'GET /courses/:courseId/tutors': { status: [200, 200, 200, 403, 403, 200, 404] },
    'PUT /courses/:courseId/tutors': { body: () => ({ email: `${aKey()}@x.org`, role: 'lead' }), status: [409, 403, 403, 403, 403, 403, 404] },
    'DELETE /courses/:courseId/tutors/:userId': { status: [404, 403, 403, 403, 403, 403, 404] },
    'PATCH /cohorts/:cohortId': { body: () => ({ name: 'N', rowVersion: 99 }), status: [409, 403, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/archive': { status: [204, 403, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/unarchive': { status: [204, 403, 403, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/requests': { status: [200, 200, 200, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/requests/:requestId/accept': { status: [404, 404, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/requests/:requestId/refuse': { status: [404, 404, 403, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/projects': { status: [200, 200, 200, 200, 404, 404, 404] },
    'PUT /cohorts/:cohortId/batches/:batchNo/project': { body: () => ({ title: 'T', tagline: '', description: '' }), status: [200, 409, 403, 403, 404, 404, 404] },
    'DELETE /cohorts/:cohortId/batches/:batchNo/project': { status: [204, 404, 403, 403, 404, 404, 404] },
    'GET /products': { status: ALL },
    'POST /products': { body: () => ({ type: 'book', slug: `b-${aKey()}`, title: 'B' }), status: [201, 403, 403, 403, 403, 403, 403], beyond: [201, 201, 403, 403] },
    'GET /products/:productId': { status: [200, 200, 200, 200, 200, 200, 404] },
    'PATCH /products/:productId': { body: () => ({ rowVersion: 99 }), ...written(409) },
    'PUT /products/:productId/archived': { body: () => ({ archived: false }), ...written(200) },
    'PUT /products/:productId/nodes/:nodeId': atTop(200),
    'DELETE /products/:productId/nodes/:nodeId': written(204),
    'GET /courses/:courseId/outline': written(200),
    'PUT /courses/:courseId/outline': { body: () => ({ rowVersion: 99, modules: [] }), ...written(409) },
    'GET /topics/:topicId/source': written(200),
    'PUT /topics/:topicId/layout': { body: () => ({ rowVersion: 99, topicName: 'T', blocks: [] }), ...written(409) },
    'PUT /topics/:topicId/assets/:contentKey': { body: () => ({ contentType: 'text', payload: { markdown: 'x' } }), ...written(200) },
    'DELETE /topics/:topicId/assets/:contentKey': { asked: '?personaKey=pseudo_coder', ...written(404) },
    'PUT /topics/:topicId/names/:language': { body: () => ({ topicName: 'Uno' }), ...written(200) },
    'GET /courses/:courseId/names/:language': written(200),
    'PUT /courses/:courseId/names/:language': { body: () => ({ title: 'Cosas' }), ...written(200) },
    'GET /courses/:courseId/languages': written(200),
    'GET /nodes/:nodeId/languages': atTop(200),
    'PUT /nodes/:nodeId/languages': { body: () => ({ languages: [] }), ...atTop(200) },
    'GET /cohorts/:cohortId/modules': { status: [200, 200, 200, 200, 404, 404, 404] },
    'GET /courses/:courseId/modules/:moduleNo/rule': written(200),
    'PUT /courses/:courseId/modules/:moduleNo/rule': { body: () => ({ rule: { byHand: true }, dryRun: true }), ...written(200) },
    'DELETE /courses/:courseId/modules/:moduleNo/rule': { asked: '?rowVersion=1', ...written(409) }, // there is none
    'PUT /courses/:courseId/rules': { body: () => ({ preset: 'none' }), ...written(200) },
    'GET /courses/:courseId/questions': written(200),
    'POST /courses/:courseId/questions': { body: () => ({ type: 'truefalse', stem: 'Is it so?', choices: [{ text: 'True', correct: true }, { text: 'False' }] }), ...written(201) },
    'GET /courses/:courseId/questions/:questionId': written(404),
    'PUT /courses/:courseId/questions/:questionId': { body: () => ({ rowVersion: 1, type: 'truefalse', stem: 'Is it so?', choices: [{ text: 'True', correct: true }, { text: 'False' }] }), ...written(404) },
    'DELETE /courses/:courseId/questions/:questionId': written(404),
    'POST /courses/:courseId/questions/:questionId/back': written(404),
    'PUT /courses/:courseId/questions/:questionId/languages/:language': { body: () => ({ rowVersion: 1, stem: 'Vrai ?' }), ...written(404) },
    'DELETE /courses/:courseId/questions/:questionId/languages/:language': written(404),
    'GET /courses/:courseId/pools': written(200),
    'POST /courses/:courseId/pools': { body: () => ({ name: aKey() }), ...written(201) },
    'PUT /pools/:poolId': { body: () => ({ rowVersion: 1, name: 'P', questionIds: [] }), status: Array(7).fill(404) },
    'DELETE /pools/:poolId': { status: Array(7).fill(404) },
    'POST /courses/:courseId/questions/import': { asked: '?format=gift', ...written(200) }, // of nothing
    'GET /courses/:courseId/questions/export': { asked: '?format=json', ...written(200) },
    'GET /cohorts/:cohortId/analysis/fairness': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/fairness.csv': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/sessions': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/sessions.csv': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/stuck': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/stuck.csv': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/items': { asked: '?quizId=QUIZ', status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/analysis/items.csv': { asked: '?quizId=QUIZ', status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/board.csv': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /courses/:courseId/analysis': { status: [200, 200, 200, 403, 403, 200, 404] },
    'GET /courses/:courseId/quizzes': written(200),
    'GET /courses/:courseId/knowledge': written(200),
    'POST /courses/:courseId/knowledge': written(202),
    'GET /courses/:courseId/knowledge/search': { asked: '?text=who', status: [200, 200, 200, 200, 200, 200, 404] },
    'GET /passages/:chunkId': { status: Array(7).fill(404) },
    'POST /courses/:courseId/quizzes': { body: () => ({ moduleNo: 1, title: 'Q', passScore: 1, questions: [{ text: 'Is it?', options: [{ text: 'a', correct: true }, { text: 'b', correct: false }] }] }), ...written(201) },
    'POST /courses/:courseId/quizzes/import': { body: () => ({ files: { en: '[{"quizzes":[]}]' } }), ...written(200) },
    'GET /quizzes/:quizId': written(200),
    'PATCH /quizzes/:quizId': { body: () => ({ rowVersion: 99, title: 'R' }), ...written(409) },
    'PUT /quizzes/:quizId/questions': { body: () => ({ rowVersion: 99, questions: [{ questionId: aKey() }] }), ...written(409) },
    'POST /quizzes/:quizId/regrade': { body: () => ({}), ...written(200) },
    'DELETE /quizzes/:quizId': written(204),
    'POST /quizzes/:quizId/back': written(200),
    'GET /courses/:courseId/versions': { status: [200, 200, 200, 403, 403, 200, 404] },
    'POST /courses/:courseId/versions': { body: () => ({}), ...written(201) },
    'POST /courses/:courseId/versions/:versionId/restore': written(404),
    'GET /courses/:courseId/versions/:from/difference/:to': { status: [200, 200, 200, 403, 403, 200, 404] },
    'GET /courses/:courseId/versions/:from/difference/:to/topics/:topicId': { status: [200, 200, 200, 403, 403, 200, 404] },
    'PUT /cohorts/:cohortId/version': { body: () => ({ versionId: null }), status: [200, 200, 403, 403, 404, 404, 404] },
    'PUT /topics/:topicId/progress': { body: () => ({ percent: 1 }), status: [200, 200, 200, 200, 200, 200, 404], beyond: [404, 404, 403, 403] },
    'PUT /courses/:courseId/personalisation': { body: () => ({ narrator: 'normal' }), status: [200, 200, 200, 200, 200, 200, 404], beyond: [404, 404, 403, 403] },
    'GET /cohorts/:cohortId/personas': { status: [200, 200, 200, 403, 404, 404, 404] },
    'PUT /cohorts/:cohortId/members/:memberId/persona': { body: () => ({ personaKey: null }), status: [404, 404, 403, 403, 404, 404, 404] },
    'GET /me': { status: [200, 200, 200, 200, 200, 200, 200] },
    'GET /courses': { status: [200, 200, 200, 200, 200, 200, 200] },
    'GET /courses/:courseId': { status: [200, 200, 200, 200, 200, 200, 404] },
    'POST /courses': { body: () => ({ slug: `c-${aKey()}`, name: 'C', modules: [] }), status: [201, 403, 403, 403, 403, 403, 403], beyond: [201, 201, 403, 403] },
    'POST /courses/:courseId/topics': { body: () => ({ moduleNo: 1, topicNumber: 100 + Math.floor(Math.random() * 800), topicName: 'T' }), status: [201, 403, 403, 403, 403, 403, 404] },
    'POST /courses/import': { asked: '?slug=brought-in', status: [202, 403, 403, 403, 403, 403, 403], beyond: [202, 202, 403, 403] },
    'GET /imports': { status: ALL },
    'GET /imports/:jobId': { status: Array(7).fill(404) },
    'GET /courses/:courseId/export': { status: [200, 403, 403, 403, 403, 403, 404] },
    'POST /courses/:courseId/files': { asked: '?name=a.png', ...written(400) }, // of nothing
    'GET /courses/:courseId/files': written(200),
    'GET /topics/:topicId': { status: [200, 200, 200, 200, 200, 200, 404] },
    'POST /courses/:courseId/cohorts': { body: () => ({ name: 'N' }), status: [201, 403, 403, 403, 403, 403, 404] },
    'GET /cohorts': { status: [200, 200, 200, 200, 200, 200, 200] },
    'GET /cohorts/:cohortId': { status: [200, 200, 200, 200, 404, 404, 404] },
    'GET /cohorts/:cohortId/members': { status: [200, 200, 200, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/members': { body: () => ({ members: [{ email: `${aKey()}@x.org` }] }), status: [200, 200, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/members/check': { body: () => ({ members: [{ email: `${aKey()}@x.org` }] }), status: [200, 200, 403, 403, 404, 404, 404] },
    'PATCH /cohorts/:cohortId/members/:memberId': { body: () => ({ name: 'N' }), status: [404, 404, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/members/:memberId/back': { status: [404, 404, 403, 403, 404, 404, 404] },
    'DELETE /cohorts/:cohortId/members/:memberId': { status: [404, 404, 403, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/prompts': { status: [200, 200, 200, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/prompts': { body: () => ({ text: 'Why?' }), status: [201, 201, 403, 403, 404, 404, 404] },
    'PATCH /cohorts/:cohortId/prompts/:preparedId': { body: () => ({ version: 1, text: 'Why?' }), status: [404, 404, 403, 403, 404, 404, 404] },
    'PUT /cohorts/:cohortId/prompts/:preparedId/place': { body: () => ({ topicId: null, afterId: null }), status: [404, 404, 403, 403, 404, 404, 404] },
    'DELETE /cohorts/:cohortId/prompts/:preparedId': { status: [404, 404, 403, 403, 404, 404, 404] },
    'POST /cohorts/:cohortId/prompts/:preparedId/back': { status: [404, 404, 403, 403, 404, 404, 404] },
    'GET /courses/:courseId/tutor': { status: [200, 200, 200, 200, 200, 200, 404] },
    'PUT /courses/:courseId/tutor/persona': { body: () => ({ personaKey: null }), status: [200, 200, 200, 200, 200, 200, 404], beyond: [404, 404, 403, 403] },
    'GET /cohorts/:cohortId/tutor': { status: [200, 200, 200, 403, 404, 404, 404] },
    'PUT /cohorts/:cohortId/tutor': { body: () => ({ version: 99 }), status: [409, 409, 403, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/tutor/questions': { status: [200, 200, 200, 403, 404, 404, 404] },
    'PUT /cohorts/:cohortId/tutor/questions/:messageId': { body: () => ({ answer: 'So.' }), status: [404, 404, 403, 403, 404, 404, 404] },
    'GET /cohorts/:cohortId/tutor/insights': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /prompts/:promptId/groups': { status: [409, 409, 409, 403, 404, 404, 404] },
    'PUT /prompts/:promptId/groups': { body: () => ({ version: 0, groups: [] }), status: [409, 409, 403, 403, 404, 404, 404] },
    'POST /prompts/:promptId/groups': { body: () => ({ version: 0 }), status: [409, 409, 403, 403, 404, 404, 404] },
    'PATCH /prompts/:promptId/groups/:groupId': { body: () => ({ version: 0, name: 'N' }), status: [409, 409, 403, 403, 404, 404, 404] },
    'POST /prompts/:promptId/groups/:groupId/merge': { body: () => ({ version: 0, with: [aKey()] }), status: [409, 409, 403, 403, 404, 404, 404] },
    'POST /prompts/:promptId/groups/split': { body: () => ({ version: 0, answers: [aKey()] }), status: [409, 409, 403, 403, 404, 404, 404] },
    'GET /topics/:topicId/suggestions': written(200),
    'POST /topics/:topicId/suggestions': { body: () => ({ prompt: 'Why?' }), ...written(201) },
    'PATCH /suggestions/:suggestionId': { body: () => ({ prompt: 'Why?' }), status: Array(7).fill(404) },
    'DELETE /suggestions/:suggestionId': { status: Array(7).fill(404) },
    'GET /cohorts/:cohortId/sessions': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /sessions/:sessionId': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /sessions/:sessionId/answers': { status: [200, 200, 200, 403, 404, 404, 404] },
    'GET /sessions/:sessionId/attendance': { status: [200, 200, 200, 403, 404, 404, 404] },
    'PUT /sessions/:sessionId/attendance/:memberId': { body: () => ({ status: 'present', reason: 'Was there.' }), status: [404, 404, 403, 403, 404, 404, 404] },
    'DELETE /sessions/:sessionId/attendance/:memberId': { status: [404, 404, 403, 403, 404, 404, 404] },
  }
  const filled = (path: string) => path.replace(':quizId', quizId).replace(':promptId', promptId).replace(':productId', world.courseId).replace(':contentKey', 'text').replace(':language', 'es').replace(':from', 'draft').replace(/:to(?=\/|$)/, 'draft').replace(':versionId', aKey()).replace(':sessionId', sessionId).replace(':courseId', world.courseId).replace(':cohortId', world.cohortId).replace(':topicId', topicId).replace(':memberId', aKey()).replace(':nodeId', rootId).replace(':orgId', orgId).replace(':roleId', roleId).replace(':grantId', grantId)
    .replace(':userId', people.learner.userId).replace(':keyId', spareKey).replace(/:(applicationId|requestId|identityId|educationId|experienceId|ssoId|jobId|questionId|poolId|suggestionId|chunkId|groupId|messageId)/, aKey()).replace(':moduleNo', '1').replace(':batchNo', '7').replace(':type', 'year').replace(':preparedId', aKey())
  const calls = contracts.flatMap((c) => Object.values(c.calls as Record<string, Call>))

  const ENDS = 'DELETE /me/sessions' // one's other sign-ins, of which this scene has some
  test.each(calls.filter((c) => !c.open).map((c) => [c.rest] as const).sort(([a], [b]) => Number(a === ENDS) - Number(b === ENDS)))('[AX2] [AX4] %s', async (rest) => {
    const declared = routes[rest]
    expect(declared, `${rest} is not declared in this test`).toBeDefined()
    const [method, path] = rest.split(' ') as [string, string]
    for (const [i, who] of READERS.entries()) {
      if (rest === 'POST /view-as/stop' && who === 'impersonator') continue // [PM11] tells that; here it would end the scene
      const reply = await world.asks(method, filled(path) + (declared?.asked ?? '').replace('QUIZ', quizId), declared?.body?.(), signed[who].accessToken)
      expect(reply.status, `${who} ${rest} ${JSON.stringify(reply.body)}`).toBe(statusesOf(declared as Declared)[i])
    }
    for (const token of [undefined, 'forged.token.here', `${signed.owner.accessToken}x`]) {
      expect((await world.asks(method, filled(path) + (declared?.asked ?? '').replace('QUIZ', quizId), declared?.body?.(), token)).body).toMatchObject({ status: 401, code: 'unauthenticated' })
    }
  })

  test('[AX3] list, detail and join agree', async () => {
    for (const who of READERS) {
      const token = signed[who].accessToken
      const inList = (await world.asks('GET', '/cohorts', undefined, token)).body.cohorts.some((c: { cohortId: string }) => c.cohortId === world.cohortId)
      const inDetail = (await world.asks('GET', `/cohorts/${world.cohortId}`, undefined, token)).status === 200
      const ack = await people[who].tries('cohort:join', { cohortId: world.cohortId })
      expect([inList, inDetail, ack.ok], who).toEqual(Array(3).fill(BELONGS.has(who)))
    }
  })

  test('[AX5] each push comes in the streams it declares, to those who belong there', () => {
    const to = new Map<string, Push>(contracts.flatMap((c) => Object.entries(c.pushes).map(([short, push]) => [`${c.name}:${short}`, push] as const)))
    for (const who of CAST) {
      for (const [name, frame] of people[who].ears) {
        const push = to.get(name)
        expect(push, `${name} is declared`).toBeDefined()
        expect(frame.seq === undefined, `${name} is passing`).toBe(push?.passing)
        const audience = frame.stream?.split(':')[0]
        if (audience) expect(push?.to, `${who} heard ${name} in ${audience}`).toContain(audience)
        if (audience === 'staff') expect(['owner', 'instructor', 'observer', 'elsewhere instructor', 'program']).toContain(who)
        if (audience === 'user') expect(frame.stream).toBe(`user:${people[who].userId}`)
        if (who === 'screen') expect([undefined, 'cohort'], `${name} at the screen`).toContain(audience)
        if (audience === 'cohort') expect(frame.stream).toBe(`cohort:${who.startsWith('elsewhere') ? elsewhere.cohortId : world.cohortId}`)
      }
    }
  })
})
