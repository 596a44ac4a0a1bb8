// What is done to places: the tree follows at once, what can be undone says how, and what is refused is thrown to where it
// was asked.
import { useCallback } from 'react'
import { Refusal } from '../api.ts'
import type { Said } from './done.ts'
import type { Growing } from './growing.ts'
import { add, change, move, type Place, remove } from './wire.ts'
import { usePlacesWords } from './words.tsx'

export type Deeds = ReturnType<typeof useDeeds>

export function useDeeds({ put, gone, now, turn }: Growing, said: Said) {
  const { say } = usePlacesWords()

  /** Changes it; where somebody else did so meanwhile, the tree shows what stands before the refusal is thrown. */
  const changed = useCallback(async (place: Place, what: Parameters<typeof change>[1]) => {
    try {
      const next = await change(now(place.nodeId) ?? place, what)
      put(next)
      return next
    } catch (error) {
      const stands = error instanceof Refusal && error.code === 'conflict' ? (error.details.node as Place | null) : null
      if (stands) put(stands)
      throw error
    }
  }, [now, put])

  const name = useCallback(async (place: Place, as: string) => {
    const next = await changed(place, { name: as })
    said(say('did.name', { from: place.name, name: as }), async () => {
      await changed(next, { name: place.name })
      return say('did.name', { from: as, name: place.name })
    })
  }, [changed, said, say])

  const kind = useCallback(async (place: Place, type: string, words: string) => {
    await changed(place, { type })
    said(say('did.kind', { name: place.name, kind: words }), async () => { await changed(place, { type: place.type }); return say('did.kind.back', { name: place.name }) })
  }, [changed, said, say])

  /** `slug`: another short name, where the one it has is taken there. */
  const shift = useCallback(async (place: Place, to: Place, slug?: string) => {
    const from = place.parentId
    if (slug) await changed(place, { slug })
    put(await move(place.nodeId, to.nodeId))
    turn(to.nodeId, true)
    said(say('did.move', { name: place.name, to: to.name }), from === null ? undefined : async () => {
      put(await move(place.nodeId, from))
      return say('did.move.back', { name: place.name })
    })
  }, [changed, put, said, say, turn])

  const grow = useCallback(async (above: Place, what: { name: string; type: string }) => {
    const place = await add({ parentId: above.nodeId, ...what })
    put(place)
    turn(above.nodeId, true)
    said(say('did.grow', { name: place.name, above: above.name }))
    return place
  }, [put, said, say, turn])

  const take = useCallback(async (place: Place) => {
    await remove(place.nodeId)
    gone(place.nodeId)
    said(say('did.remove.place', { name: place.name }))
  }, [gone, said, say])

  return { name, kind, move: shift, grow, take }
}
