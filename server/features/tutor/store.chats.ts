// Tables: cp_rag_chat_sessions, cp_rag_chat_messages, tutor_passed_on. Always found through the person whose they are.
import type { Sql } from '#kernel/sql'
import type { Citation, Message } from './contract.ts'
import type { Turn } from './speaking.ts'

export type Chat = { chatId: string; courseId: string; cohortId: string | null; title: string; lastAt: Date; lastSeq: number }
const CHAT = `c.session_id AS "chatId", c.course_id AS "courseId", c.cohort_id AS "cohortId", c.title, c.last_at AS "lastAt", c.last_seq AS "lastSeq"`

export const chatOf = async (sql: Sql, userId: string, chatId: string): Promise<Chat | undefined> =>
  (await sql<Chat>(`SELECT ${CHAT} FROM cp_rag_chat_sessions c WHERE c.session_id = $1 AND c.user_id = $2`, [chatId, userId]))[0]

/** A person's chats about a course, the latest first. */
export const chatsOf = (sql: Sql, userId: string, courseId: string, from: number, most: number) =>
  sql<Chat>(`SELECT ${CHAT} FROM cp_rag_chat_sessions c WHERE c.user_id = $1 AND c.course_id = $2 ORDER BY c.last_at DESC, c.session_id OFFSET $3 LIMIT $4`, [userId, courseId, from, most])

export type NewQuestion = {
  chatId: string; isNew: boolean; userId: string; courseId: string; cohortId: string | null; title: string
  questionId: string; messageId: string; text: string; moduleNo: number | null; topicId: string | null; suggestionId: string | null
}
/** Writes a question down, and beside it the row of its answer, which is under way from now on. Returns the place of the question. */
export async function putQuestion(sql: Sql, q: NewQuestion, now: Date): Promise<number> {
  if (q.isNew) await sql('INSERT INTO cp_rag_chat_sessions (session_id, user_id, course_id, cohort_id, title, started_at, last_at) VALUES ($1, $2, $3, $4, $5, $6, $6)', [q.chatId, q.userId, q.courseId, q.cohortId, q.title, now])
  const [row] = await sql<{ seq: number }>('UPDATE cp_rag_chat_sessions SET last_seq = last_seq + 2, last_at = $2 WHERE session_id = $1 RETURNING last_seq - 1 AS seq', [q.chatId, now])
  const seq = row?.seq as number
  await sql(
    `INSERT INTO cp_rag_chat_messages (message_id, session_id, seq, role, content, state, module_no, topic_id, suggestion_id, created_at, touched_at, settled_at)
     VALUES ($1, $3, $4, 'user', $5, 'settled', $6, $7, $8, $9, $9, $9), ($2, $3, $4 + 1, 'assistant', '', 'streaming', $6, $7, $8, $9, $9, NULL)`,
    [q.questionId, q.messageId, q.chatId, seq, q.text, q.moduleNo, q.topicId, q.suggestionId, now])
  return seq
}

type Row = Omit<Message, 'at' | 'passedOn'> & { at: Date; passedAt: Date | null; answer: string | null; answeredAt: Date | null }
const MESSAGE = `m.message_id AS "messageId", m.session_id AS "chatId", m.seq, m.role, m.content AS text, m.created_at AS at, m.state, cardinality(m.cuts) AS n, m.mode, m.finish, m.reason, m.citations, m.nearest, m.error, m.helpful,
  p.passed_at AS "passedAt", p.answer, p.answered_at AS "answeredAt"`
const asMessage = ({ at, passedAt, answer, answeredAt, ...m }: Row): Message => ({
  ...m, at: at.toISOString(), passedOn: passedAt && { at: passedAt.toISOString(), answer, answeredAt: answeredAt?.toISOString() ?? null },
})

/** The messages of one's own chat before a place in it, the latest first. */
export const messagesOf = async (sql: Sql, userId: string, chatId: string, before: number | null, most: number): Promise<Message[]> => (await sql<Row>(
  `SELECT ${MESSAGE} FROM cp_rag_chat_messages m JOIN cp_rag_chat_sessions c USING (session_id) LEFT JOIN tutor_passed_on p USING (message_id)
   WHERE c.user_id = $1 AND m.session_id = $2 AND ($3::int IS NULL OR m.seq < $3) ORDER BY m.seq DESC LIMIT $4`, [userId, chatId, before, most])).map(asMessage)

export type Own = { messageId: string; chatId: string; courseId: string; cohortId: string | null; seq: number; role: 'user' | 'assistant'; state: Message['state']; text: string; cuts: number[]; question: string; title: string; passed: boolean; helpful: boolean | null }
/** A message that is one's own, with the question before it. */
export const ownMessage = async (sql: Sql, userId: string, messageId: string): Promise<Own | undefined> => (await sql<Own>(
  `SELECT m.message_id AS "messageId", m.session_id AS "chatId", c.course_id AS "courseId", c.cohort_id AS "cohortId", m.seq, m.role, m.state, m.content AS text, m.cuts, c.title, m.helpful,
     coalesce((SELECT q.content FROM cp_rag_chat_messages q WHERE q.session_id = m.session_id AND q.seq = m.seq - 1), '') AS question, p.message_id IS NOT NULL AS passed
   FROM cp_rag_chat_messages m JOIN cp_rag_chat_sessions c USING (session_id) LEFT JOIN tutor_passed_on p USING (message_id) WHERE m.message_id = $2 AND c.user_id = $1`, [userId, messageId]))[0]

export type Found = { chatId: string; messageId: string; title: string; text: string; at: Date }
/** What of one's own chats has all these words, the latest first. Of the last word the beginning will do. */
export const foundIn = (sql: Sql, userId: string, courseId: string, words: readonly string[], most: number) => sql<Found>(
  `SELECT m.session_id AS "chatId", m.message_id AS "messageId", c.title, m.content AS text, m.created_at AS at FROM cp_rag_chat_messages m JOIN cp_rag_chat_sessions c USING (session_id)
   WHERE c.user_id = $1 AND c.course_id = $2 AND m.search @@ (SELECT to_tsquery('simple', string_agg(quote_literal(w) || CASE WHEN n = cardinality($3::text[]) THEN ':*' ELSE '' END, ' & ' ORDER BY n)) FROM unnest($3::text[]) WITH ORDINALITY AS u (w, n))
   ORDER BY m.created_at DESC, m.message_id LIMIT $4`, [userId, courseId, words, most])

export const dropChat = (sql: Sql, userId: string, chatId: string) => sql<{ chatId: string }>('DELETE FROM cp_rag_chat_sessions WHERE session_id = $1 AND user_id = $2 RETURNING session_id AS "chatId"', [chatId, userId])
export const rate = (sql: Sql, messageId: string, helpful: boolean | null) => sql('UPDATE cp_rag_chat_messages SET helpful = $2 WHERE message_id = $1', [messageId, helpful])

export type Memory = { summary: string; until: number; turns: (Turn & { seq: number })[] }
/** What was said in a chat before a place in it, since it was last summed up. */
export async function memoryOf(sql: Sql, chatId: string, before: number, most: number): Promise<Memory> {
  const [row] = await sql<{ summary: string; until: number; turns: (Turn & { seq: number })[] | null }>(
    `SELECT c.summary, c.summary_until AS until, (SELECT jsonb_agg(jsonb_build_object('seq', m.seq, 'role', m.role, 'text', m.content) ORDER BY m.seq) FROM (
         SELECT * FROM cp_rag_chat_messages m WHERE m.session_id = c.session_id AND m.seq < $2 AND m.seq > c.summary_until AND m.state <> 'streaming' AND m.content <> '' ORDER BY m.seq DESC LIMIT $3) m) AS turns
     FROM cp_rag_chat_sessions c WHERE c.session_id = $1`, [chatId, before, most])
  return { summary: row?.summary ?? '', until: row?.until ?? 0, turns: row?.turns ?? [] }
}
/** Keeps a summary of everything up to `until`, where nobody else summed up meanwhile and it does not pass the last message. */
export const keepSummary = async (sql: Sql, chatId: string, from: number, until: number, summary: string): Promise<boolean> =>
  (await sql('UPDATE cp_rag_chat_sessions SET summary = $4, summary_until = $3 WHERE session_id = $1 AND summary_until = $2 AND $3 <= last_seq RETURNING 1', [chatId, from, until, summary])).length > 0

/** One's latest questions about a course, the newest first. */
export const latestAsked = async (sql: Sql, userId: string, courseId: string, most: number): Promise<string[]> => (await sql<{ text: string }>(
  `SELECT m.content AS text FROM cp_rag_chat_messages m JOIN cp_rag_chat_sessions c USING (session_id) WHERE c.user_id = $1 AND c.course_id = $2 AND m.role = 'user' ORDER BY m.created_at DESC LIMIT $3`, [userId, courseId, most])).map((r) => r.text)

export type { Citation }
