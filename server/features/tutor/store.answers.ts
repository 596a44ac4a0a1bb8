// Table: cp_rag_chat_messages, the answers while they are under way: written on every two seconds, settled once.
import type { Sql } from '#kernel/sql'
import type { Citation } from './contract.ts'

export type Checked = { messageId: string; text: string; cuts: readonly number[] }
/** Writes down what was said so far, of all these with one statement. Says of which of them somebody asked for the end; what is settled already is left. */
export const checkpoint = async (sql: Sql, list: readonly Checked[]): Promise<string[]> => (await sql<{ messageId: string; stop: boolean }>(
  `UPDATE cp_rag_chat_messages m SET content = w.text, cuts = ARRAY(SELECT jsonb_array_elements_text(w.cuts)::int), touched_at = clock_timestamp() FROM jsonb_to_recordset($1::jsonb) AS w ("messageId" uuid, text text, cuts jsonb)
   WHERE m.message_id = w."messageId" AND m.state = 'streaming' RETURNING m.message_id AS "messageId", m.stop_asked AS stop`, [JSON.stringify(list)])).flatMap((r) => (r.stop ? [r.messageId] : []))

export type Settled = {
  messageId: string; state: 'settled' | 'failed' | 'interrupted'; text: string; cuts: readonly number[]; mode: 'model' | 'extractive' | null; finish: 'stop' | 'length' | 'not_grounded' | 'stopped' | null
  citations: readonly Citation[]; reason: string | null; nearest: readonly string[]; error: { code: string; message: string } | null; topicId: string | null
}
/** Settles an answer that is under way; undefined where it was settled before. Without `said` what was written down last stays. */
export const settle = async (sql: Sql, s: Omit<Settled, 'text' | 'cuts'> & { said: Pick<Settled, 'text' | 'cuts'> | null }, now: Date): Promise<{ chatId: string; text: string } | undefined> => (await sql<{ chatId: string; text: string }>(
  `UPDATE cp_rag_chat_messages SET state = $2, content = coalesce($3, content), cuts = coalesce($4::int[], cuts), mode = $5, finish = $6, citations = $7::jsonb, reason = $8, nearest = $9::jsonb, error = $10::jsonb, topic_id = coalesce(topic_id, $11), settled_at = $12, touched_at = $12
   WHERE message_id = $1 AND state = 'streaming' RETURNING session_id AS "chatId", content AS text`,
  [s.messageId, s.state, s.said?.text ?? null, s.said?.cuts ?? null, s.mode, s.finish, JSON.stringify(s.citations), s.reason, JSON.stringify(s.nearest), s.error && JSON.stringify(s.error), s.topicId, now]))[0]

/** Asks for an answer of one's own to be ended, whoever is at it. */
export const askStop = (sql: Sql, userId: string, messageId: string) => sql(
  `UPDATE cp_rag_chat_messages m SET stop_asked = true FROM cp_rag_chat_sessions c WHERE c.session_id = m.session_id AND c.user_id = $1 AND m.message_id = $2 AND m.state = 'streaming'`, [userId, messageId])

/** Answers that nobody has written on for so long: whoever was at them is gone. */
export const abandoned = (sql: Sql, seconds: number) => sql<{ messageId: string; userId: string }>(
  `SELECT m.message_id AS "messageId", c.user_id AS "userId" FROM cp_rag_chat_messages m JOIN cp_rag_chat_sessions c USING (session_id)
   WHERE m.state = 'streaming' AND m.touched_at < clock_timestamp() - make_interval(secs => $1) ORDER BY m.touched_at LIMIT 200`, [seconds])
