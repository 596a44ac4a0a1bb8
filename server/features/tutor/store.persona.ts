// Table: learner_persona_profiles, as the tutor derives it or a learner chooses it. What staff assigned and what was chosen stays.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Derived, Persona } from './persona.ts'

/** One more question was asked: a persona that was derived stays for `sticky` questions, then the newest takes its place. Returns the
 *  persona that holds. */
export async function derived(sql: Sql, userId: string, courseId: string, now: Derived | null, sticky: number): Promise<Persona | null> {
  const [row] = await sql<{ persona: Persona }>(
    `WITH was AS (SELECT * FROM learner_persona_profiles WHERE user_id = $1 AND course_id = $2),
       counted AS (UPDATE learner_persona_profiles p SET sticky = p.sticky - 1 FROM was WHERE p.profile_id = was.profile_id AND was.source = 'derived' AND was.sticky > 0 RETURNING 1),
       put AS (INSERT INTO learner_persona_profiles AS p (profile_id, user_id, course_id, persona_key, source, evidence, sticky, updated_at)
         SELECT $3, $1, $2, $4, 'derived', $5::jsonb, $6, now() WHERE $4::text IS NOT NULL AND NOT EXISTS (SELECT 1 FROM was WHERE source <> 'derived' OR sticky > 0)
         ON CONFLICT (user_id, course_id) DO UPDATE SET persona_key = excluded.persona_key, evidence = excluded.evidence, sticky = excluded.sticky, updated_at = excluded.updated_at WHERE p.source = 'derived'
         RETURNING persona_key)
     SELECT coalesce((SELECT persona_key FROM put), (SELECT persona_key FROM was)) AS persona`, [userId, courseId, newId(), now?.personaKey ?? null, JSON.stringify(now?.evidence ?? {}), sticky])
  return row?.persona ?? null
}

/** What somebody chose; null: as the tutor sees fit. What staff assigned stays until they choose. */
export const choose = (sql: Sql, userId: string, courseId: string, personaKey: Persona | null, now: Date) => personaKey === null
  ? sql(`DELETE FROM learner_persona_profiles WHERE user_id = $1 AND course_id = $2 AND source <> 'assigned'`, [userId, courseId])
  : sql(
    `INSERT INTO learner_persona_profiles (profile_id, user_id, course_id, persona_key, source, updated_at, updated_by) VALUES ($1, $2, $3, $4, 'chosen', $5, $2)
     ON CONFLICT (user_id, course_id) DO UPDATE SET persona_key = excluded.persona_key, source = 'chosen', evidence = '{}', sticky = 0, updated_at = excluded.updated_at, updated_by = excluded.updated_by`, [newId(), userId, courseId, personaKey, now])
