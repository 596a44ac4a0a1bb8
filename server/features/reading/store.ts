// Tables: topic_progress, topic_personalization, learner_persona_profiles; and it reads what the catalogue, the content, the
// versions and progress keep. One query finds who reads what in which version and whether it is locked, a second what its blocks say.
import type { Sql } from '#kernel/sql'
import type { Laid, Said } from './resolve.ts'

export type Sight = {
  courseId: string; slug: string; name: string; summary: string; language: string; mayWrite: boolean; cohortId: string | null; versionNo: number | null; persona: string | null; narrator: 'normal' | 'sports' | 'cooking' | 'adventure'
  /** What was said of languages, besides by the asker now: by them for always, their cohort, their organisation. */
  locale: string | null; cohortLanguage: string | null; orgLanguages: string[]
}
export type Asked = { userId: string; cohort: string | null; draft: boolean }

/** Whoever reads: in their cohort its version (of several cohorts the latest), beside it the newest, and what is written now for
 *  who writes it. `$1` the person, `$2` the course, `$3` the cohort asked for, `$4` whether the draft. */
export const SIGHT = `sight AS MATERIALIZED (
  SELECT c.course_id, c.slug, c.course_name, p.summary, p.language, w.may AS may_write, h.cohort_id, u.locale, coalesce(h.rank = 1, false) AND NOT w.may AS learns, h.language AS cohort_language,
    CASE WHEN $4 AND w.may THEN NULL WHEN h.cohort_id IS NOT NULL THEN h.version_id WHEN w.may THEN NULL ELSE d.current_version_id END AS version_id,
    l.persona_key AS persona, coalesce(n.persona, 'normal') AS narrator,
    ARRAY(SELECT o.language FROM org_languages o WHERE o.org_id = c.org_id ORDER BY o.position) AS org_languages
  FROM courses c JOIN products p ON p.product_id = c.course_id LEFT JOIN course_details d ON d.course_id = c.course_id
  CROSS JOIN LATERAL (SELECT EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS m WHERE m = 'course.write') AS may) w
  LEFT JOIN LATERAL (SELECT h.*, s.rank FROM standings($1) s JOIN cohorts h USING (cohort_id) WHERE h.course_id = c.course_id AND ($3::uuid IS NULL OR h.cohort_id = $3) ORDER BY s.rank, h.created_at DESC LIMIT 1) h ON true
  LEFT JOIN user_profiles u ON u.user_id = $1
  LEFT JOIN learner_persona_profiles l ON l.user_id = $1 AND l.course_id = c.course_id AND l.source <> 'derived'
  LEFT JOIN topic_personalization n ON n.user_id = $1 AND n.course_id = c.course_id
  WHERE c.course_id = $2 AND ($3::uuid IS NULL OR h.cohort_id IS NOT NULL) AND (h.cohort_id IS NOT NULL OR EXISTS (SELECT 1 FROM permissions_at($1, c.node_id) AS m WHERE m = 'course.read'))
)`

/** The topics of what is read, in order. */
export const STANDING = `standing AS MATERIALIZED (
  SELECT v.topic_id, v.module_no, v.topic_number, v.topic_hash, t.topic_name, t.names, t.units FROM sight s JOIN course_version_topics v USING (version_id) JOIN topic_snapshots t USING (topic_id, topic_hash)
  UNION ALL
  SELECT t.topic_id, t.module_no, t.topic_number, NULL, t.topic_name,
    coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'topicName', l.topic_name, 'status', l.status)) FROM topic_languages l WHERE l.topic_id = t.topic_id), '[]'), t.text_content::jsonb -> 'blocks'
  FROM sight s JOIN topics t ON s.version_id IS NULL AND t.course_id = s.course_id AND t.module_no IS NOT NULL
)`

/** Whether anything can be locked for the reader at all: most courses have no rules. */
const GATED = `s.learns AND (EXISTS (SELECT 1 FROM unlock_rules r WHERE r.course_id = s.course_id) OR EXISTS (SELECT 1 FROM module_progress p WHERE p.user_id = $1 AND p.cohort_id = s.cohort_id))`

const SEEN = `s.course_id AS "courseId", s.slug, s.course_name AS name, s.summary, s.language, s.may_write AS "mayWrite", s.cohort_id AS "cohortId", v.version_no AS "versionNo", s.persona, s.narrator,
  s.locale, s.cohort_language AS "cohortLanguage", s.org_languages AS "orgLanguages"`

type Name = { language: string; topicName: string; status: string }
export type Named = { topicId: string; moduleNo: number; topicNumber: number; topicName: string; names: Name[] }
export type Words = { language: string; status: string; title?: string | null; summary?: string | null; introduction?: string | null }
type Outline = { title: string; summary: string; introduction?: string; language: string; titles: Words[]; modules: { moduleNo: number; title: string; introduction: string; languages: Words[] }[] }
/** `stands`: how a learner stands in the modules, as it is kept; null where nothing can be locked. */
type CourseRow = Sight & { outline: Outline; stands: { moduleNo: number; isLocked: boolean; passed: boolean }[] | null; topics: (Named & { percent: number })[]; narrators: string[]; resume: { topicId: string; contentKey: string | null } | null; root: string | null }

/** A course as somebody sees it; undefined where they may not. */
export const courseSeen = async (sql: Sql, { userId, cohort, draft }: Asked, courseId: string): Promise<CourseRow | undefined> => (await sql<CourseRow>(
  `WITH ${SIGHT}, ${STANDING}
   SELECT ${SEEN}, coalesce(v.snapshot, jsonb_build_object('title', s.course_name, 'summary', s.summary, 'language', s.language,
       'introduction', (SELECT d.introduction FROM course_details d WHERE d.course_id = s.course_id),
       'titles', coalesce((SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'summary', l.summary, 'introduction', l.introduction, 'status', l.status)) FROM product_languages l WHERE l.product_id = s.course_id), '[]'),
       'modules', coalesce((SELECT jsonb_agg(jsonb_build_object('moduleNo', h.module_no, 'title', h.title, 'introduction', h.introduction, 'languages', coalesce((
           SELECT jsonb_agg(jsonb_build_object('language', l.language, 'title', l.title, 'introduction', l.introduction, 'status', l.status)) FROM chapter_languages l WHERE l.chapter_id = h.chapter_id), '[]')) ORDER BY h.module_no)
         FROM chapters h WHERE h.course_id = s.course_id), '[]'))) AS outline,
     coalesce((SELECT jsonb_agg(jsonb_build_object('topicId', t.topic_id, 'moduleNo', t.module_no, 'topicNumber', t.topic_number, 'topicName', t.topic_name, 'names', t.names, 'percent', coalesce(r.percent, 0)) ORDER BY t.module_no, t.topic_number)
       FROM standing t LEFT JOIN topic_progress r ON r.user_id = $1 AND r.topic_id = t.topic_id), '[]') AS topics,
     ARRAY(SELECT DISTINCT a.narrator FROM standing t JOIN asset_snapshots a USING (topic_id, topic_hash) WHERE a.narrator IS NOT NULL
       UNION SELECT DISTINCT a.narrator FROM sight x JOIN topic_content_assets a USING (course_id) WHERE x.version_id IS NULL AND a.narrator IS NOT NULL ORDER BY 1) AS narrators,
     (SELECT jsonb_build_object('topicId', r.topic_id, 'contentKey', r.content_key) FROM topic_progress r JOIN standing t USING (topic_id) WHERE r.user_id = $1 ORDER BY r.seen_at DESC LIMIT 1) AS resume,
     CASE WHEN ${GATED} THEN (SELECT jsonb_agg(jsonb_build_object('moduleNo', m.module_no, 'passed', coalesce(p.passed, false), 'isLocked', l.chapter_id IS NOT NULL))
       FROM modules_in(s.cohort_id) m LEFT JOIN locked_in(s.cohort_id, $1) l USING (chapter_id) LEFT JOIN module_progress p ON p.user_id = $1 AND p.cohort_id = s.cohort_id AND p.chapter_id = m.chapter_id) END AS stands,
     (SELECT substring(o.source_path FROM '^((?:[^/]+/)?)[^/]+/lessons/') FROM topics o WHERE o.course_id = s.course_id AND o.source_path LIKE '%/lessons/%' LIMIT 1) AS root
   FROM sight s LEFT JOIN course_versions v USING (version_id)`, [userId, courseId, cohort, draft]))[0]

type Stop = { topicId: string; names: Name[]; topicName: string }
/** `lockedIn`: the module that it is in, where that is locked for the reader by what is kept. */
type TopicRow = Sight & Named & { lockedIn: string | null; hash: string | null; blocks: Laid[]; percent: number; contentKey: string | null; sourcePath: string | null; languages: string[]; narrators: ('sports' | 'cooking' | 'adventure')[]; previous: Stop | null; next: Stop | null }

/** A topic as somebody sees it, without what its blocks say; undefined where they may not, or where it is not in their version. */
export const topicSeen = async (sql: Sql, { userId, cohort, draft }: Asked, topicId: string): Promise<TopicRow | undefined> => {
  const there = (what: string, live: string, kept: string) => `CASE WHEN t.topic_hash IS NULL THEN ARRAY(SELECT DISTINCT ${live})
         ELSE ARRAY(SELECT DISTINCT ${what} FROM asset_snapshots WHERE topic_id = $2 AND topic_hash = t.topic_hash AND ${kept}) END`
  const stop = (at: string) => `CASE WHEN t.${at} IS NOT NULL THEN (SELECT jsonb_build_object('topicId', o.topic_id, 'topicName', o.topic_name, 'names', o.names) FROM standing o WHERE o.topic_id = t.${at}) END`
  return (await sql<TopicRow>(
    `WITH ${SIGHT.replace('c.course_id = $2', 'c.course_id = (SELECT course_id FROM topics WHERE topic_id = $2)')}, ${STANDING}
     SELECT ${SEEN}, t.topic_id AS "topicId", t.module_no AS "moduleNo", t.topic_number AS "topicNumber", t.topic_name AS "topicName", t.names, t.topic_hash AS hash, t.units AS blocks,
       coalesce(r.percent, 0) AS percent, r.content_key AS "contentKey", o.source_path AS "sourcePath",
       ${there('language', `l.language FROM topic_content_assets a JOIN content_asset_languages l USING (asset_id) WHERE a.topic_id = $2 AND l.status <> 'draft'`, `language <> '' AND status <> 'draft'`)} AS languages,
       ${there('narrator', 'narrator FROM topic_content_assets WHERE topic_id = $2 AND narrator IS NOT NULL', 'narrator IS NOT NULL')} AS narrators, ${stop('before')} AS previous, ${stop('after')} AS next,
       CASE WHEN ${GATED} THEN (SELECT l.chapter_id FROM locked_in(s.cohort_id, $1) l WHERE l.module_no = t.module_no) END AS "lockedIn"
     FROM sight s LEFT JOIN course_versions v USING (version_id)
     JOIN (SELECT *, lag(topic_id) OVER w AS before, lead(topic_id) OVER w AS after FROM standing WINDOW w AS (ORDER BY module_no, topic_number)) t ON t.topic_id = $2
     JOIN topics o ON o.topic_id = t.topic_id LEFT JOIN topic_progress r ON r.user_id = $1 AND r.topic_id = t.topic_id`, [userId, topicId, cohort, draft]))[0]
}

/** What the blocks of a topic say for this persona and narrator, and nobody else's: of each block and language the one that is
 *  most theirs. Of other languages than `languages`, and their kinds, nothing. */
export async function sayings(sql: Sql, { topicId, hash, persona, narrator }: Pick<TopicRow, 'topicId' | 'hash' | 'persona' | 'narrator'>, languages: readonly string[]): Promise<Said[]> {
  const theirs = (a: string, language: string) => `(${a}persona_key IS NULL OR ${a}persona_key = $2) AND (${a}narrator IS NULL OR ${a}narrator = $3) AND ${language}`
  const kinds = [...new Set(languages.map((tag) => tag.split('-')[0]))]
  const from = hash === null
    ? `(SELECT a.content_key, a.persona_key, a.narrator, '' AS language, 'reviewed' AS status, false AS stale, a.payload FROM topic_content_assets a WHERE a.topic_id = $1 AND ${theirs('a.', 'true')}
        UNION ALL SELECT a.content_key, a.persona_key, a.narrator, l.language, l.status, l.source_hash <> a.content_hash, l.payload
        FROM topic_content_assets a JOIN content_asset_languages l USING (asset_id) WHERE a.topic_id = $1 AND ${theirs('a.', "split_part(l.language, '-', 1) = ANY($4::text[])")})`
    : `(SELECT * FROM asset_snapshots WHERE topic_id = $1 AND topic_hash = $5 AND ${theirs('', "(language = '' OR split_part(language, '-', 1) = ANY($4::text[]))")})`
  return sql<Said>(
    `SELECT DISTINCT ON (content_key, language) content_key AS "contentKey", persona_key AS "personaKey", narrator, language, status, stale, payload
     FROM ${from} AS a ORDER BY content_key, language, narrator NULLS LAST, persona_key NULLS LAST`, [topicId, persona, narrator, kinds, ...(hash === null ? [] : [hash])])
}

/** Writes down how far somebody has read; undefined where it is no topic that they may read. Returns the percent, and whether they came to its end now. */
export const putProgress = async (sql: Sql, userId: string, topicId: string, { percent, contentKey, at }: { percent: number; contentKey: string | null; at: Date }) => (await sql<{ percent: number; courseId: string; done: boolean }>(
  `INSERT INTO topic_progress AS r (user_id, topic_id, course_id, percent, content_key, seen_at, completed_at)
   SELECT $1, t.topic_id, t.course_id, $3, $4, $5, CASE WHEN $3 = 100 THEN $5::timestamptz END FROM topics t WHERE t.topic_id = $2
   ON CONFLICT (user_id, topic_id) DO UPDATE SET percent = greatest(r.percent, excluded.percent), content_key = coalesce(excluded.content_key, r.content_key), seen_at = greatest(r.seen_at, excluded.seen_at),
     completed_at = coalesce(r.completed_at, excluded.completed_at)
   RETURNING percent, course_id AS "courseId", completed_at = $5 AS done`, [userId, topicId, percent, contentKey, at]))[0]

/** Whether anything changed. */
export const putNarrator = async (sql: Sql, userId: string, courseId: string, narrator: string, at: Date): Promise<boolean> => (await sql(
  `INSERT INTO topic_personalization AS n (user_id, course_id, persona, updated_at) VALUES ($1, $2, $3, $4)
   ON CONFLICT (user_id, course_id) DO UPDATE SET persona = excluded.persona, updated_at = excluded.updated_at WHERE n.persona <> excluded.persona RETURNING 1`, [userId, courseId, narrator, at])).length > 0

/** Whether anything changed. */
export async function putPersona(sql: Sql, profileId: string, userId: string, courseId: string, persona: string | null, by: string | null, at: Date): Promise<boolean> {
  if (persona === null) return (await sql('DELETE FROM learner_persona_profiles WHERE user_id = $1 AND course_id = $2 RETURNING 1', [userId, courseId])).length > 0
  return (await sql(
    `INSERT INTO learner_persona_profiles AS l (profile_id, user_id, course_id, persona_key, source, updated_at, updated_by) VALUES ($1, $2, $3, $4, 'assigned', $5, $6)
     ON CONFLICT (user_id, course_id) DO UPDATE SET persona_key = excluded.persona_key, source = excluded.source, updated_at = excluded.updated_at, updated_by = excluded.updated_by WHERE l.persona_key <> excluded.persona_key RETURNING 1`,
    [profileId, userId, courseId, persona, at, by])).length > 0
}

/** Whose place on the list this is, and the course. */
export const memberOf = async (sql: Sql, cohortId: string, memberId: string) => (await sql<{ userId: string | null; courseId: string }>(
  `SELECT m.user_id AS "userId", h.course_id AS "courseId" FROM cohort_members m JOIN cohorts h USING (cohort_id) WHERE m.cohort_id = $1 AND m.member_id = $2 AND m.status = 'active'`, [cohortId, memberId]))[0]

type Persona = NonNullable<Sight['persona']> & ('non_it_migrant' | 'rote_memorizer' | 'english_hesitant' | 'last_minute_panic' | 'pseudo_coder')
/** The personas that the course of a cohort is written for, and who of its learners reads as one. */
export const personasIn = async (sql: Sql, cohortId: string) => (await sql<{ used: Persona[]; members: { memberId: string; personaKey: Persona }[] }>(
  `SELECT ARRAY(SELECT DISTINCT a.persona_key FROM topic_content_assets a WHERE a.course_id = h.course_id AND a.persona_key IS NOT NULL ORDER BY 1) AS used,
     coalesce((SELECT jsonb_agg(jsonb_build_object('memberId', m.member_id, 'personaKey', l.persona_key)) FROM cohort_members m JOIN learner_persona_profiles l ON l.user_id = m.user_id AND l.course_id = h.course_id AND l.source <> 'derived'
       WHERE m.cohort_id = h.cohort_id AND m.status = 'active'), '[]') AS members
   FROM cohorts h WHERE h.cohort_id = $1`, [cohortId]))[0] ?? { used: [], members: [] }
