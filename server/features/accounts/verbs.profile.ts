// Changing what one says of oneself. The aggregate is the person, whose row is locked.
import { no, notFound, ok, refuse } from '#kernel/refusals'
import type { Education, Experience } from './contract.ts'
import { deleteEducation, deleteExperience, insertEducation, insertExperience, MOST, profileOf, saveEducation, saveExperience, saveProfile } from './store.profile.ts'
import { ofMine } from './verbs.sessions.ts'

type Changed = { rowVersion: number; name?: string | undefined; locale?: string | null | undefined; tz?: string | null | undefined; headline?: string | null | undefined }
export const changeProfile = ofMine<Changed>('accounts.changeProfile', async (change, { rowVersion, ...asked }, actor) => {
  const kept = await profileOf(change.sql, actor.userId)
  if (!kept) return no(notFound('person'))
  if (kept.rowVersion !== rowVersion) return no(refuse('conflict', 'You changed this meanwhile, perhaps on another device. Look at it again.', { profile: kept }))
  await saveProfile(change.sql, actor.userId, { ...kept, ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)) })
  change.record('account.profile_changed', actor.userId, actor)
  return ok(await profileOf(change.sql, actor.userId))
})

const enough = () => no(refuse('enough', `${MOST} are the most one can name. Remove one first.`))

export const putEducation = ofMine<Omit<Education, 'educationId'> & { educationId: string | null }>('accounts.putEducation', async (change, { educationId, ...e }, actor) => {
  const saved = educationId === null ? await insertEducation(change.sql, actor.userId, e) : await saveEducation(change.sql, actor.userId, educationId, e)
  return saved ? ok(saved) : educationId === null ? enough() : no(notFound('entry'))
})
export const putExperience = ofMine<Omit<Experience, 'experienceId'> & { experienceId: string | null }>('accounts.putExperience', async (change, { experienceId, ...e }, actor) => {
  const saved = experienceId === null ? await insertExperience(change.sql, actor.userId, e) : await saveExperience(change.sql, actor.userId, experienceId, e)
  return saved ? ok(saved) : experienceId === null ? enough() : no(notFound('entry'))
})
export const removeEducation = ofMine<string>('accounts.removeEducation', async (change, id, actor) => ((await deleteEducation(change.sql, actor.userId, id)) ? ok({}) : no(notFound('entry'))))
export const removeExperience = ofMine<string>('accounts.removeExperience', async (change, id, actor) => ((await deleteExperience(change.sql, actor.userId, id)) ? ok({}) : no(notFound('entry'))))
