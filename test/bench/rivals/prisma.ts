// One `create` an answer through Prisma, as most would write it: the answer alone, with no key, count, fact or frame beside
// it. With `whole` all that Lectern writes, in one interactive transaction an answer.
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '#prisma'
import { newId, randomId } from '#kernel/ids'
import { setting } from '../answering.ts'
import type { One } from '../ground.ts'
import { type Answer, answersAt, type Kept } from './door.ts'

const { databaseUrl, whole } = setting<{ databaseUrl: string; whole: boolean }>()
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 10 }), transactionOptions: { maxWait: 60_000, timeout: 60_000 } })
await prisma.$connect()

await answersAt(whole ? all : alone)

function alone({ memberId }: One, { promptId, body, confidence }: Answer, over: Pick<PrismaClient, 'coldCallMessage'> = prisma): Promise<Kept> {
  return over.coldCallMessage.create({
    data: { messageId: randomId(), promptId, memberId, body, confidence, revision: 1, answeredAt: new Date() },
    select: { messageId: true, revision: true, answeredAt: true },
  })
}

function all(who: One, answer: Answer): Promise<Kept> {
  return prisma.$transaction(async (tx) => {
    // The count first: it locks the prompt, so that who waits holds nothing else.
    await tx.coldCallPrompt.update({ where: { promptId: answer.promptId, state: 'open' }, data: { answered: { increment: 1 } }, select: { promptId: true } })
    const kept = await alone(who, answer, tx)
    const factId = newId()
    await tx.idempotencyKey.create({ data: { userId: who.userId, key: answer.key, command: 'coldcall:answer', payloadHash: '', outcome: kept as never }, select: { key: true } })
    await tx.fact.create({ data: { factId, type: 'coldcall.answered', about: answer.promptId, body: {}, actorId: who.userId, at: kept.answeredAt }, select: { factId: true } })
    const stream = `user:${who.userId}`
    const { seq } = await tx.stream.upsert({ where: { name: stream }, create: { name: stream, seq: 1 }, update: { seq: { increment: 1 } } })
    await tx.frame.create({ data: { stream, seq, factId, name: 'coldcall:mine', body: kept as never, at: kept.answeredAt }, select: { seq: true } })
    return kept
  })
}
