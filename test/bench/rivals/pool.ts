// One transaction an answer by hand, as well as that can be done: a pool of 10, one prepared statement that writes what
// Lectern writes (the answer, the count, the key, the fact, the author's frame), so one round trip and one commit.
import pg from 'pg'
import { newId, randomId } from '#kernel/ids'
import { setting } from '../answering.ts'
import { answersAt, type Kept } from './door.ts'

const { databaseUrl } = setting<{ databaseUrl: string }>()
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })

const KEEP = `
  WITH prompt AS (UPDATE cold_call_prompts SET answered = answered + 1 WHERE prompt_id = $1 AND state = 'open' RETURNING prompt_id),
  kept AS (
    INSERT INTO cold_call_messages (message_id, prompt_id, member_id, body, confidence, revision, answered_at)
    SELECT $2, prompt_id, $3, $4, $5, 1, clock_timestamp() FROM prompt RETURNING message_id, revision, answered_at),
  key AS (INSERT INTO idempotency_keys (user_id, key, command, payload_hash, outcome) SELECT $6, $7, 'coldcall:answer', '', to_jsonb(kept) FROM kept),
  fact AS (INSERT INTO facts (fact_id, type, about, body, actor_id, at) SELECT $8, 'coldcall.answered', $1, '{}', $6, answered_at FROM kept),
  head AS (INSERT INTO streams AS s (name, seq) VALUES ('user:' || $6::uuid, 1) ON CONFLICT (name) DO UPDATE SET seq = s.seq + 1 RETURNING name, seq),
  frame AS (INSERT INTO frames (stream, seq, fact_id, name, body, at) SELECT head.name, head.seq, $8, 'coldcall:mine', to_jsonb(kept), answered_at FROM head, kept)
  SELECT message_id AS "messageId", revision, answered_at AS "answeredAt" FROM kept`

await answersAt(async ({ userId, memberId }, { promptId, body, confidence, key }) => {
  const { rows } = await pool.query<Kept>({ name: 'keep', text: KEEP, values: [promptId, randomId(), memberId, body, confidence, userId, key, newId()] })
  return rows[0] as Kept
})
