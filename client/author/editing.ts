// A topic as it is being edited: its name and blocks, put as a whole; what the blocks say are texts of their own (saying.ts).
import { useCallback, useEffect, useState } from 'react'
import type { Refusal } from '../api.ts'
import type { Said } from '../places/done.ts'
import { type At, idOf, NOTHING, type Stand } from './cell.ts'
import { begin, drop, lay, only, save, useCells, useSaves } from './saying.ts'
import { useWhole } from './whole.ts'
import { type Asset, type Block, dropAsset, type Kind, type Payload, type Persona, putAsset, putLayout, readSource, type Source, type Voice } from './wire.ts'
import { useAuthorWords } from './words.tsx'

export type Layout = { topicName: string; blocks: Block[] }
export type Whom = { personaKey: Persona | null; narrator: Voice | null }
export type Editing = ReturnType<typeof useEditing>
export const EVERYBODY: Whom = { personaKey: null, narrator: null }

export const atOf = (topicId: string, block: Block, { personaKey, narrator }: Whom, language: string | null): At => ({ topicId, contentKey: block.contentKey, kind: block.type, personaKey, narrator, language })
export const nameAt = (topicId: string, language: string): At => ({ topicId, contentKey: '', kind: 'name', personaKey: null, narrator: null, language })
const own = (a: Asset): Stand => ({ payload: a.payload, rowVersion: a.rowVersion, status: 'reviewed', stale: false })

/** Every text of a topic, as it was read. */
function textsOf({ topicId, assets, names }: Source): [At, Stand][] {
  return [
    ...assets.flatMap((a): [At, Stand][] => {
      const at = (language: string | null): At => ({ topicId, contentKey: a.contentKey, kind: a.contentType, personaKey: a.personaKey, narrator: a.narrator, language })
      return [[at(null), own(a)], ...a.languages.map((l): [At, Stand] => [at(l.language), l])]
    }),
    ...names.map((n): [At, Stand] => [nameAt(topicId, n.language), { ...n, payload: { title: n.topicName } }]),
  ]
}

/** A key that no block and no text of before has: "text", "text-2", … */
export function freeKey(type: Kind, taken: ReadonlySet<string>): string {
  const name = type === 'ppt' ? 'slides' : type
  for (let n = 1; ; n++) { const key = n === 1 ? name : `${name}-${n}`; if (!taken.has(key)) return key }
}

export function useEditing(topicId: string, said: Said, onNamed: (name: string) => void) {
  const { say } = useAuthorWords()
  const [source, setSource] = useState<Source | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const whole = useWhole<Layout>({
    put: async (wanted, there) => { const { rowVersion } = await putLayout(topicId, { rowVersion: there.rowVersion, ...wanted }); if (wanted.topicName !== there.value.topicName) onNamed(wanted.topicName); return { value: wanted, rowVersion } },
    now: (now) => { const { rowVersion, topicName, blocks } = now as Layout & { rowVersion: number }; return { value: { topicName, blocks }, rowVersion } },
  })
  const { change, latestOf } = whole

  const layWhole = whole.lay
  const load = useCallback(async (): Promise<void> => {
    try {
      const before = useSaves.getState().n
      const read = await readSource(topicId)
      // Something was saved meanwhile: what was read may be older than that.
      if (useSaves.getState().n !== before) return load()
      const texts = textsOf(read)
      only(topicId, new Set(texts.map(([at]) => idOf(at))))
      for (const [at, there] of texts) lay(at, there)
      layWhole({ value: { topicName: read.topicName, blocks: read.blocks }, rowVersion: read.rowVersion })
      setSource(read)
      setRefusal(null)
    } catch (error) {
      setRefusal(error as Refusal)
    }
  }, [topicId, layWhole])
  useEffect(() => {
    const seen = () => { if (document.visibilityState === 'visible') void load() }
    document.addEventListener('visibilitychange', seen)
    return () => document.removeEventListener('visibilitychange', seen)
  }, [load])

  const now = useCallback((): Layout => { const { wanted, there } = latestOf(); return (wanted ?? there!.value) }, [latestOf])
  const rename = useCallback((topicName: string) => change({ ...now(), topicName }), [change, now])
  const order = useCallback((blocks: Block[]) => change({ ...now(), blocks }), [change, now])

  /** A block at the end; what it says is begun when somebody writes. */
  const addBlock = useCallback((type: Kind, key: string) => {
    const block = { contentKey: key, type }
    lay(atOf(topicId, block, EVERYBODY, null), NOTHING)
    return change({ ...now(), blocks: [...now().blocks, block] })
  }, [change, now, topicId])

  const takeOut = useCallback(async (key: string) => {
    const { blocks } = now()
    if (await change({ ...now(), blocks: blocks.filter((b) => b.contentKey !== key) })) said(say('au.block.out', { key }), async () => { await change({ ...now(), blocks }); return say('au.undone') })
  }, [change, now, said, say])

  /** Takes away what a block says for somebody, or in a language; with a way back. */
  const remove = useCallback(async (at: At) => {
    const cell = useCells.getState()[idOf(at)]
    const back = (payload: Payload) => async () => {
      const status = at.language === null ? {} : { status: cell!.there.status, language: at.language }
      await putAsset(topicId, at.contentKey, { contentType: at.kind as Kind, payload, ...status, ...(at.personaKey && { personaKey: at.personaKey }), ...(at.narrator && { narrator: at.narrator }) })
      await load()
      return say('au.undone')
    }
    if (!cell) return
    if (cell.there.rowVersion === 0) { const { href: _, ...mine } = cell.now; drop(idOf(at)); said(say('au.removed.it'), async () => { begin(at, mine); await save(idOf(at)); return say('au.undone') }); return }
    const { personaKey, narrator, language } = at
    await dropAsset(topicId, at.contentKey, { personaKey, narrator, language })
    const { href: _, ...before } = cell.now
    drop(idOf(at))
    said(say('au.removed.it'), back(before))
    await load()
  }, [topicId, load, said, say])
  return { ...whole, source, readRefusal: refusal, load, rename, order, addBlock, takeOut, remove }
}
