// One transaction a submission through Prisma, as most would write it: the attempt closed where it is open, its answers, its grade, the
// ledger, the module that it opens; then the ack, and the push to who handed it in. No batch, no order between learners.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PrismaPg } from '@prisma/adapter-pg'
import { Server } from 'socket.io'
import { newId } from '#kernel/ids'
import { PrismaClient } from '#prisma'
import { answers, setting } from '../answering.ts'
import type { One } from '../ground.ts'

type Given = { questionId: string; answer: { optionIds: string[] } }
type Submission = { attemptId: string; answers: Given[]; key: string }
const { databaseUrl } = setting<{ databaseUrl: string }>()
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 10 }), transactionOptions: { maxWait: 120_000, timeout: 120_000 } })
await prisma.$connect()

/** What is right, read once: a rival that keeps it in memory is as quick as it can be. */
const right = new Set((await prisma.quizOption.findMany({ where: { fraction: { gt: 0 } }, select: { optionId: true } })).map((o) => o.optionId))
const modules = await prisma.chapter.findMany({ orderBy: { moduleNo: 'asc' }, select: { chapterId: true, courseId: true, moduleNo: true } })

function handIn(who: One, { attemptId, answers: given, key }: Submission) {
  return prisma.$transaction(async (tx) => {
    const at = new Date()
    const fractions = given.map((g) => (g.answer.optionIds.every((o) => right.has(o)) ? 1 : 0))
    const score = (100 * fractions.reduce((n: number, f) => n + f, 0)) / given.length
    const passed = score >= 70
    const { quizId, cohortId } = await tx.quizAttempt.update({ where: { attemptId, state: 'open', userId: who.userId }, data: { state: 'closed', submittedAt: at, closedBy: 'learner', score, passed }, select: { quizId: true, cohortId: true } })
    await tx.quizResponse.createMany({ data: given.map((g, i) => ({ attemptId, quizQuestionId: g.questionId, answer: g.answer, savedAt: at, fraction: fractions[i] as number })) })
    await tx.quizGrade.create({ data: { attemptId, gradeNo: 1, score, passed, at }, select: { gradeNo: true } })
    await tx.progressEvent.create({ data: { eventId: newId(), factId: newId(), cohortId, userId: who.userId, kind: 'quiz', about: quizId, score, passed, at }, select: { eventId: true } })
    await tx.idempotencyKey.create({ data: { userId: who.userId, key, command: 'quiz:submit', payloadHash: '', outcome: { score, passed } }, select: { key: true } })
    const next = modules[1]
    if (passed && next) {
      const stands = { open: true, unlockedAt: at, unlockedBy: 'quiz', at }
      await tx.moduleProgress.upsert({ where: { userId_cohortId_chapterId: { userId: who.userId, cohortId, chapterId: next.chapterId } }, create: { userId: who.userId, cohortId, courseId: next.courseId, chapterId: next.chapterId, ...stands }, update: stands, select: { open: true } })
    }
    return { score, passed, unlocked: passed ? [2] : [] }
  })
}

const http = createServer()
const io = new Server(http, { serveClient: false, perMessageDeflate: false, httpCompression: false, transports: ['websocket'] })
io.on('connection', (socket) => {
  const who = socket.handshake.auth as One
  socket.on('quiz:submit', (asked: Submission, ack) => {
    handIn(who, asked).then((data) => {
      ack({ ok: true, data })
      if (data.unlocked.length > 0) socket.emit('push', [['module:unlocked', { at: new Date().toISOString(), body: { moduleNo: 2 } }]])
    }, (error) => ack({ ok: false, error: { code: 'internal', message: String(error) } }))
  })
})
await new Promise<void>((resolve) => http.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, resolve))
answers({ where: () => `http://127.0.0.1:${(http.address() as AddressInfo).port}` })
