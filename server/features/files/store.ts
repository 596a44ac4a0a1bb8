// Table: course_files; and whether one may be seen is read from what topics, versions and progress keep.
import type { Sql } from '#kernel/sql'

export type Row = { fileId: string; courseId: string; sha256: string; name: string; mime: string; bytes: number }
const COLUMNS = 'f.file_id AS "fileId", f.course_id AS "courseId", f.sha256, f.name, f.mime, f.bytes::float8 AS bytes'

/** Writes a file down. The same bytes are one file of a course; of a folder (a name with a `/`) they are one a path, since texts
 *  refer to it. Returns its row, and whether it is new. */
export async function putFile(sql: Sql, f: Row & { by: string | null; now: Date }): Promise<{ row: Row; isNew: boolean }> {
  const [there] = f.name.includes('/') ? [] : await sql<Row>(`SELECT ${COLUMNS} FROM course_files f WHERE course_id = $1 AND sha256 = $2 ORDER BY file_id LIMIT 1`, [f.courseId, f.sha256])
  if (there) return { row: there, isNew: false }
  const [made] = await sql<Row>(`INSERT INTO course_files AS f (file_id, course_id, sha256, name, mime, bytes, created_at, created_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (course_id, sha256, name) DO NOTHING RETURNING ${COLUMNS}`,
    [f.fileId, f.courseId, f.sha256, f.name, f.mime, f.bytes, f.now, f.by])
  return made ? { row: made, isNew: true } : { row: (await sql<Row>(`SELECT ${COLUMNS} FROM course_files f WHERE course_id = $1 AND sha256 = $2 AND name = $3`, [f.courseId, f.sha256, f.name]))[0] as Row, isNew: false }
}

/** `learnsIn`: of who only learns this course, the cohorts; null where nothing of it can be locked for them. */
type Seen = Row & { learnsIn: string[] | null }
const LEARNS_IN = `CASE WHEN EXISTS (SELECT 1 FROM unlock_rules u WHERE u.course_id = f.course_id) OR EXISTS (SELECT 1 FROM module_progress p WHERE p.user_id = $1 AND p.course_id = f.course_id) THEN (
  SELECT array_agg(s.cohort_id) FROM standings($1) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = f.course_id
  HAVING max(s.rank) = 1 AND NOT EXISTS (SELECT 1 FROM courses c, permissions_at($1, c.node_id) AS m WHERE c.course_id = f.course_id AND m = 'course.write')) END AS "learnsIn"`

/** A file that somebody may read now: of a course that they may read. */
export const fileFor = async (sql: Sql, userId: string, fileId: string): Promise<Seen | undefined> =>
  (await sql<Seen>(`SELECT ${COLUMNS}, ${LEARNS_IN} FROM course_files f JOIN readable($1) r ON r.course_id = f.course_id WHERE f.file_id = $2`, [userId, fileId]))[0]

/** The same by its name in the course. */
export const fileAt = async (sql: Sql, userId: string, courseId: string, name: string): Promise<Seen | undefined> =>
  (await sql<Seen>(`SELECT ${COLUMNS}, ${LEARNS_IN} FROM course_files f JOIN readable($1) r ON r.course_id = f.course_id WHERE f.course_id = $2 AND f.name = $3 ORDER BY f.created_at DESC LIMIT 1`, [userId, courseId, name]))[0]

/** A course's files, the newest first. */
export const listed = async (sql: Sql, courseId: string, before: string | null, most: number) => (await sql<Row & { at: Date; by: string }>(
  `SELECT ${COLUMNS}, f.created_at AS at, coalesce(u.full_name, '') AS by FROM course_files f LEFT JOIN users u ON u.user_id = f.created_by
   WHERE f.course_id = $1 AND ($2::uuid IS NULL OR f.file_id < $2) ORDER BY f.file_id DESC LIMIT $3`, [courseId, before, most])).map((f) => ({ ...f, at: f.at.toISOString() }))

/** Which of these files the course has. */
export const filesIn = async (sql: Sql, courseId: string, fileIds: readonly string[]): Promise<string[]> =>
  (await sql<{ fileId: string }>('SELECT file_id AS "fileId" FROM course_files WHERE course_id = $1 AND file_id = ANY($2::uuid[])', [courseId, fileIds])).map((f) => f.fileId)

/** All files of a course by name. */
export const allIn = (sql: Sql, courseId: string) => sql<Row>(`SELECT ${COLUMNS} FROM course_files f WHERE course_id = $1 ORDER BY name`, [courseId])
