// The groups of a prompt: read once, heard of whenever somebody changes them, changed by hand with the way back of the last change.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { useLive, useRoom } from '../classroom.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { asKept, moved } from './arranging.ts'
import type { GroupsSeen, Kept } from './wire.ts'
import * as wire from './wire.ts'
import { useGroupWords } from './words.tsx'

export type Grouping = ReturnType<typeof useGrouping>

/** `turn`: changes when other answers may be seen. */
export function useGrouping(promptId: string, turn: string) {
  const { live } = useRoom()
  const here = useLive((s) => s.here)
  const trouble = useTrouble()
  const { say } = useGroupWords()
  const [seen, setSeen] = useState<GroupsSeen | null>(null)
  const [unread, setUnread] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const [back, setBack] = useState<{ to: Kept[]; version: number } | null>(null)
  const [tries, setTries] = useState(0)
  const isBusy = useRef(false)
  const words = useRef(trouble)
  words.current = trouble
  // What was answered late tells nothing that is newer.
  const take = useCallback((now: GroupsSeen) => { setUnread(null); setSeen((was) => (was && was.version > now.version ? was : now)) }, [])

  useEffect(() => live.hears((name, body) => {
    const { cohortId: _, ...now } = body as GroupsSeen & { cohortId: string }
    if (name === 'groups:changed' && now.promptId === promptId) take(now)
  }), [live, promptId, take])
  useEffect(() => {
    if (!here) return
    let isWanted = true
    wire.show(promptId).then((now) => { if (isWanted) take(now) }, (error: Refusal) => { if (isWanted) setUnread(words.current(error)) })
    return () => { isWanted = false }
  }, [promptId, turn, here, tries, take])

  async function act(doing: (version: number, groups: GroupsSeen['groups']) => Promise<GroupsSeen>, done: string, isBack = false): Promise<boolean> {
    if (!seen || isBusy.current) return false
    isBusy.current = true
    setBusy(true)
    setRefused(null)
    try {
      const now = await doing(seen.version, seen.groups)
      take(now)
      setBack(isBack ? null : { to: asKept(seen.groups), version: now.version })
      announce(done)
      return true
    } catch (error) {
      const { details } = error as Refusal
      if (details?.now) take(details.now as GroupsSeen)
      setRefused(trouble(error as Refusal))
      announce(trouble(error as Refusal), 'assertive')
      return false
    } finally {
      isBusy.current = false
      setBusy(false)
    }
  }

  const nameOf = (groupId: string) => seen?.groups.find((g) => g.groupId === groupId)?.name ?? ''
  return {
    seen, unread, refused, busy, read: () => setTries((n) => n + 1),
    rename: (groupId: string, name: string) => act((version) => wire.rename(promptId, version, groupId, name), say('grp.did.rename', { name })),
    merge: (groupId: string, into: string) => act((version) => wire.merge(promptId, version, into, [groupId]), say('grp.did.merge', { name: nameOf(into) })),
    split: (answers: string[], name: string) => act((version) => wire.split(promptId, version, answers, name), say('grp.did.split', { n: answers.length })),
    move: (answers: string[], into: string) => act((version, groups) => wire.arrange(promptId, version, moved(groups, answers, into)), say('grp.did.move', { n: answers.length, name: nameOf(into) })),
    again: () => act((version) => wire.again(promptId, version), say('grp.did.again')),
    /** Only while nobody changed anything since. */
    undo: back && back.version === seen?.version ? () => act((version) => wire.arrange(promptId, version, back.to), say('grp.did.undo'), true) : null,
  }
}
