// Tables: questions, answer_choices, question_languages, question_versions, written: many questions at a time.
import type { Sql } from '#kernel/sql'
import type { After } from './saving.ts'

export type Saving = After & { questionId: string; version: number; sourceRef: string | null }
type By = { by: string | null; now: Date }

/** Saves these: one row, its choices, its languages and, where `isNew`, its version. What was removed is back. */
export async function saveAll(sql: Sql, courseId: string, list: readonly Saving[], { by, now }: By): Promise<void> {
  if (list.length === 0) return
  const ids = list.map((s) => s.questionId)
  await sql(
    `INSERT INTO questions AS q (question_id, org_id, course_id, topic_id, question_type, difficulty, version, stem, explanation, partial, tags, source_ref, content_hash, created_at, created_by, updated_at, updated_by)
     SELECT w.id, c.org_id, c.course_id, w.topic, w.type, w.difficulty, w.version, w.stem, w.explanation, w.partial, w.tags, w.ref, w.hash, $3, $4, $3, $4
     FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, topic uuid, type text, difficulty text, version int, stem text, explanation text, partial boolean, tags text[], ref text, hash text) JOIN courses c ON c.course_id = $1
     ON CONFLICT (question_id) DO UPDATE SET topic_id = excluded.topic_id, question_type = excluded.question_type, difficulty = excluded.difficulty, version = excluded.version, stem = excluded.stem, explanation = excluded.explanation,
       partial = excluded.partial, tags = excluded.tags, source_ref = excluded.source_ref, content_hash = excluded.content_hash, row_version = q.row_version + 1, updated_at = excluded.updated_at, updated_by = excluded.updated_by, removed_at = NULL, removed_by = NULL`,
    [courseId, JSON.stringify(list.map(({ questionId, version, sourceRef, hash, question: q }) => ({
      id: questionId, topic: q.topicId, type: q.type, difficulty: q.difficulty, version, stem: q.stem, explanation: q.explanation, partial: q.partial, tags: q.tags, ref: sourceRef, hash,
    }))), now, by])
  await putChoices(sql, ids, list)
  await putLanguages(sql, ids, list)
  await sql(
    `INSERT INTO question_versions (question_id, version, body, at, by) SELECT w.id, w.version, w.body, $2, $3 FROM jsonb_to_recordset($1::jsonb) AS w (id uuid, version int, body jsonb)`,
    [JSON.stringify(list.filter((s) => s.isNew).map(({ questionId, version, question: { languages: _, ...body } }) => ({ id: questionId, version, body }))), now, by])
}

async function putChoices(sql: Sql, ids: readonly string[], list: readonly Saving[]): Promise<void> {
  const rows = list.flatMap(({ questionId, question }) => question.choices.map((c, i) => ({ id: c.choiceId, question: questionId, position: i + 1, text: c.text, match: c.match, fraction: c.fraction, tolerance: c.tolerance, feedback: c.feedback })))
  await sql('DELETE FROM answer_choices WHERE question_id = ANY($1::uuid[]) AND NOT choice_id = ANY($2::uuid[])', [ids, rows.map((r) => r.id)])
  await sql(
    `INSERT INTO answer_choices (choice_id, question_id, position, text, match, fraction, tolerance, feedback)
     SELECT w.id, w.question, w.position, w.text, w.match, w.fraction, w.tolerance, w.feedback
     FROM jsonb_to_recordset($1::jsonb) AS w (id uuid, question uuid, position int, text text, match text, fraction double precision, tolerance double precision, feedback text)
     ON CONFLICT (choice_id) DO UPDATE SET position = excluded.position, text = excluded.text, match = excluded.match, fraction = excluded.fraction, tolerance = excluded.tolerance, feedback = excluded.feedback`, [JSON.stringify(rows)])
}

async function putLanguages(sql: Sql, ids: readonly string[], list: readonly Saving[]): Promise<void> {
  const rows = list.flatMap(({ questionId, question: q, hashes }) => q.languages.map((l) => ({
    question: questionId, language: l.language, stem: l.stem, explanation: l.explanation, status: l.status, hash: hashes.get(l.language), choices: l.choices.map((c, i) => ({ choiceId: q.choices[i]?.choiceId, ...c })),
  })))
  await sql('DELETE FROM question_languages WHERE question_id = ANY($1::uuid[])', [ids])
  await sql(
    `INSERT INTO question_languages (question_id, language, stem, explanation, choices, source_hash, status)
     SELECT w.question, w.language, w.stem, w.explanation, w.choices, w.hash, w.status FROM jsonb_to_recordset($1::jsonb) AS w (question uuid, language text, stem text, explanation text, choices jsonb, hash text, status text)`, [JSON.stringify(rows)])
}

export const setRemoved = async (sql: Sql, questionId: string, at: Date | null, by: string | null): Promise<void> => void (await sql(
  'UPDATE questions SET removed_at = $2, removed_by = $3, row_version = row_version + 1 WHERE question_id = $1', [questionId, at, by]))
