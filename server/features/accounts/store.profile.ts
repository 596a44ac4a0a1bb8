// Tables: user_profiles, user_education, user_experiences, companies: what people say of themselves.
import { newId } from '#kernel/ids'
import type { Sql } from '#kernel/sql'
import type { Education, Experience, Profile } from './contract.ts'

/** How many of each somebody may name. */
export const MOST = 50
const EDUCATION = `education_id AS "educationId", institution, degree, field, starts_on::text AS "startsOn", ends_on::text AS "endsOn"`
const EXPERIENCE = `e.experience_id AS "experienceId", c.name AS company, e.title, e.starts_on::text AS "startsOn", e.ends_on::text AS "endsOn"`

export const educationOf = (sql: Sql, userId: string) => sql<Education>(`SELECT ${EDUCATION} FROM user_education WHERE user_id = $1 ORDER BY starts_on DESC, education_id`, [userId])
export const experiencesOf = (sql: Sql, userId: string) => sql<Experience>(
  `SELECT ${EXPERIENCE} FROM user_experiences e JOIN companies c USING (company_id) WHERE e.user_id = $1 ORDER BY e.starts_on DESC, e.experience_id`, [userId])

export async function profileOf(sql: Sql, userId: string): Promise<Profile | undefined> {
  const [row] = await sql<Omit<Profile, 'education' | 'experiences'>>(
    `SELECT u.full_name AS name, u.email, p.locale, p.tz, p.headline, coalesce(p.row_version, 0) AS "rowVersion" FROM users u LEFT JOIN user_profiles p USING (user_id) WHERE u.user_id = $1 AND u.status = 'active'`, [userId])
  return row && { ...row, education: await educationOf(sql, userId), experiences: await experiencesOf(sql, userId) }
}

export async function saveProfile(sql: Sql, userId: string, p: Pick<Profile, 'name' | 'locale' | 'tz' | 'headline'>): Promise<void> {
  await sql('UPDATE users SET full_name = $2 WHERE user_id = $1', [userId, p.name])
  await sql(
    `INSERT INTO user_profiles (user_id, locale, tz, headline) VALUES ($1, $2, $3, $4)
     ON CONFLICT (user_id) DO UPDATE SET locale = excluded.locale, tz = excluded.tz, headline = excluded.headline, row_version = user_profiles.row_version + 1`, [userId, p.locale, p.tz, p.headline])
}

type NewEducation = Omit<Education, 'educationId'>
export const insertEducation = async (sql: Sql, userId: string, e: NewEducation) => (await sql<Education>(
  `INSERT INTO user_education (education_id, user_id, institution, degree, field, starts_on, ends_on) SELECT $1, $2, $3, $4, $5, $6, $7
   WHERE (SELECT count(*) FROM user_education WHERE user_id = $2) < ${MOST} RETURNING ${EDUCATION}`, [newId(), userId, e.institution, e.degree, e.field, e.startsOn, e.endsOn]))[0]
export const saveEducation = async (sql: Sql, userId: string, id: string, e: NewEducation) => (await sql<Education>(
  `UPDATE user_education SET institution = $3, degree = $4, field = $5, starts_on = $6, ends_on = $7 WHERE user_id = $1 AND education_id = $2 RETURNING ${EDUCATION}`, [userId, id, e.institution, e.degree, e.field, e.startsOn, e.endsOn]))[0]
export const deleteEducation = async (sql: Sql, userId: string, id: string) => (await sql('DELETE FROM user_education WHERE user_id = $1 AND education_id = $2 RETURNING 1', [userId, id])).length > 0

type NewExperience = Omit<Experience, 'experienceId'>
/** The company of this name, whatever its case; made where there is none. Nobody removes it while it is looked at. */
async function companyCalled(sql: Sql, name: string): Promise<string> {
  const [row] = await sql<{ companyId: string }>(
    `INSERT INTO companies (company_id, name) VALUES ($1, $2) ON CONFLICT (lower(name)) DO UPDATE SET name = companies.name RETURNING company_id AS "companyId"`, [newId(), name])
  return row?.companyId as string
}
const shownExperience = async (sql: Sql, userId: string, id: string) => (await sql<Experience>(
  `SELECT ${EXPERIENCE} FROM user_experiences e JOIN companies c USING (company_id) WHERE e.user_id = $1 AND e.experience_id = $2`, [userId, id]))[0]

export async function insertExperience(sql: Sql, userId: string, e: NewExperience): Promise<Experience | undefined> {
  const id = newId()
  await sql(
    `INSERT INTO user_experiences (experience_id, user_id, company_id, title, starts_on, ends_on) SELECT $1, $2, $3, $4, $5, $6 WHERE (SELECT count(*) FROM user_experiences WHERE user_id = $2) < ${MOST}`,
    [id, userId, await companyCalled(sql, e.company), e.title, e.startsOn, e.endsOn])
  return shownExperience(sql, userId, id)
}
export async function saveExperience(sql: Sql, userId: string, id: string, e: NewExperience): Promise<Experience | undefined> {
  if (!(await shownExperience(sql, userId, id))) return undefined
  await sql('UPDATE user_experiences SET company_id = $3, title = $4, starts_on = $5, ends_on = $6 WHERE user_id = $1 AND experience_id = $2', [userId, id, await companyCalled(sql, e.company), e.title, e.startsOn, e.endsOn])
  return shownExperience(sql, userId, id)
}
export const deleteExperience = async (sql: Sql, userId: string, id: string) => (await sql('DELETE FROM user_experiences WHERE user_id = $1 AND experience_id = $2 RETURNING 1', [userId, id])).length > 0

/** Takes a guest's over; where the account says something of itself already, that counts. */
export async function takeProfile(sql: Sql, guestId: string, into: string): Promise<void> {
  await sql('UPDATE user_profiles SET user_id = $2 WHERE user_id = $1 AND NOT EXISTS (SELECT 1 FROM user_profiles WHERE user_id = $2)', [guestId, into])
  await sql('DELETE FROM user_profiles WHERE user_id = $1', [guestId])
  await sql('UPDATE user_education SET user_id = $2 WHERE user_id = $1', [guestId, into])
  await sql('UPDATE user_experiences SET user_id = $2 WHERE user_id = $1', [guestId, into])
}

export async function deleteProfile(sql: Sql, userId: string): Promise<void> {
  for (const table of ['user_profiles', 'user_education', 'user_experiences']) await sql(`DELETE FROM ${table} WHERE user_id = $1`, [userId])
}
