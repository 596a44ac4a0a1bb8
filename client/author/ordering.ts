// The outline of a course as it stands here: read, put as a whole as soon as something is done to it, with a way back.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { asBody, asOutline, carried, type Outline, rebased } from './order.ts'
import type { Said } from '../places/done.ts'
import { useWhole } from './whole.ts'
import { addTopic, type Outlined, putOutline, readOutline } from './wire.ts'
import { useAuthorWords } from './words.tsx'

export type Ordering = ReturnType<typeof useOrdering>
const standing = (read: Outlined) => ({ value: asOutline(read), rowVersion: read.rowVersion })

export function useOrdering(courseId: string, said: Said) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const [lost, setLost] = useState<Refusal | null>(null)
  const [adding, setAdding] = useState(false)
  const whole = useWhole<Outline>({
    put: async (wanted, there) => standing(await putOutline(courseId, asBody(wanted, there.value, there.rowVersion))),
    now: (now) => standing(now as Outlined),
    carry: carried,
  })
  const { lay, change, latestOf, keepMine, takeTheirs } = whole
  const base = useRef<Outline | null>(null)

  const load = useCallback(async () => {
    try {
      const read = standing(await readOutline(courseId))
      setLost(null)
      lay(read)
    } catch (refusal) {
      setLost(refusal as Refusal)
    }
  }, [courseId, lay])
  useEffect(() => { void load() }, [load])
  useEffect(() => {
    const seen = () => { if (document.visibilityState === 'visible') void load() }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [load])

  /** Puts it; `what`: the sentence that says so, with the outline of before as the way back. */
  const put = useCallback(async (next: Outline, what?: string) => {
    const now = latestOf()
    const before = now.wanted ?? now.there?.value
    base.current ??= now.there?.value ?? null
    const saved = await change(next)
    if (saved) base.current = null
    if (saved && what && before) said(what, async () => { await change(before); return say('au.undone') })
    return saved
  }, [change, latestOf, said, say])

  /** Puts a new topic at the end of a module. Resolves with its id; null where it was refused. */
  const add = useCallback(async (key: string, topicName: string): Promise<string | null> => {
    setAdding(true)
    try {
      const at = latestOf().there?.value.modules.findIndex((m) => m.key === key) ?? -1
      const numbers = (await readOutline(courseId)).modules[at]?.topics.map((t) => t.topicNumber) ?? []
      const { topicId } = await addTopic(courseId, { moduleNo: at + 1, topicNumber: Math.max(0, ...numbers) + 1, topicName })
      await load()
      announce(say('au.topic.added', { name: topicName }))
      return topicId
    } catch (refusal) {
      said(trouble(refusal as Refusal))
      return null
    } finally {
      setAdding(false)
    }
  }, [courseId, latestOf, load, said, say, trouble])

  const mine = useCallback(() => {
    const { theirs, wanted } = latestOf()
    const kept = theirs && wanted && keepMine(rebased(base.current ?? wanted, theirs.value, wanted))
    base.current = null
    return kept
  }, [keepMine, latestOf])
  const theirs = useCallback(() => { base.current = null; takeTheirs() }, [takeTheirs])
  /** A topic is called otherwise now. */
  const renamed = useCallback((topicId: string, topicName: string) => {
    const { there } = latestOf()
    if (there) lay({ ...there, value: { ...there.value, modules: there.value.modules.map((m) => ({ ...m, topics: m.topics.map((t) => (t.topicId === topicId ? { topicId, topicName } : t)) })) } })
  }, [latestOf, lay])
  return { ...whole, lost, load, put, add, adding, mine, takeTheirs: theirs, renamed }
}
