// The rules of all modules: read, put against the version that was read, taken away, put back.
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import type { Said } from '../places/done.ts'
import type { Rule } from './rule.ts'
import { dropRule, preset, putRule, readRule, type Ruled } from './wire.ts'
import { useBankWords } from './words.tsx'

export type Rules = ReturnType<typeof useRules>

/** Puts a rule, or none, on what stands now. */
async function set(courseId: string, no: number, rule: Rule | null): Promise<void> {
  const now = await readRule(courseId, no)
  if (rule) await putRule(courseId, no, rule, now.rowVersion)
  else if (now.rowVersion !== null && now.rule) await dropRule(courseId, no, now.rowVersion)
}

export function useRules(courseId: string, modules: number, said: Said) {
  const { say } = useBankWords()
  const [there, setThere] = useState<readonly Ruled[] | null>(null)
  const [wrong, setWrong] = useState<Refusal | null>(null)
  const load = useCallback(async () => {
    try {
      const read: Ruled[] = []
      // A few at a time: a course may have many modules, and somebody else is in class.
      for (let no = 1; no <= modules; no += 4) read.push(...await Promise.all(Array.from({ length: Math.min(4, modules - no + 1) }, (_, i) => readRule(courseId, no + i))))
      setThere(read)
      setWrong(null)
    } catch (refusal) { setWrong(refusal as Refusal) }
  }, [courseId, modules])
  useEffect(() => { void load() }, [load])

  /** Puts a rule against the version that was read, or (null) takes it away. Throws a refusal, `conflict` too. */
  const put = useCallback(async (of: Ruled, rule: Rule | null) => {
    if (rule) await putRule(courseId, of.moduleNo, rule, of.rowVersion)
    else if (of.rowVersion !== null) await dropRule(courseId, of.moduleNo, of.rowVersion)
    said(say(rule ? 'bk.rule.did' : 'bk.rule.dropped', { title: of.title }), async () => { await set(courseId, of.moduleNo, of.rule); await load(); return say('au.undone') })
    await load()
  }, [courseId, load, said, say])

  /** All at once, in place of those there are; what stood comes back one by one. */
  const all = useCallback(async (which: 'one_after_another' | 'none') => {
    const before = there ?? []
    const { rules } = await preset(courseId, which)
    said(say(which === 'none' ? 'bk.preset.none.did' : 'bk.preset.did', { n: rules }), async () => { for (const r of before) await set(courseId, r.moduleNo, r.rule); await load(); return say('au.undone') })
    await load()
  }, [courseId, there, load, said, say])
  return { there, wrong, load, put, all }
}
