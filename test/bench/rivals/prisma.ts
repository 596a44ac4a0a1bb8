// One `create` an answer through Prisma, as most would write it: the answer alone, with no key, count, fact or frame beside it.
import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '#prisma'
import { randomId } from '#kernel/ids'
import { setting } from '../answering.ts'
import { answersAt } from './door.ts'

const { databaseUrl } = setting<{ databaseUrl: string }>()
const prisma = new PrismaClient({ adapter: new PrismaPg({ connectionString: databaseUrl, max: 10 }) })
await prisma.$connect()

await answersAt(({ memberId }, { promptId, body, confidence }) => prisma.coldCallMessage.create({
  data: { messageId: randomId(), promptId, memberId, body, confidence, revision: 1, answeredAt: new Date() },
  select: { messageId: true, revision: true, answeredAt: true },
}))
