// The tree of places as the page keeps it: what is drawn of it, and what moves do to it.
import { expect, test } from 'vitest'
import { stepOf } from '../../client/places/steps.ts'
import { BARE, came, gone, misfit, put, rowsOf, TOP, trailOf, turned, type Tree } from '../../client/places/tree.ts'
import { typeahead } from '../../client/places/typeahead.ts'
import type { Place } from '../../client/places/wire.ts'

const place = (nodeId: string, parentId: string | null, children = 0): Place => ({ nodeId, orgId: 'o', parentId, name: nodeId, slug: nodeId, type: 'unit', depth: 0, children, rowVersion: 1, may: ['node.write'] })
const page = (...nodes: Place[]) => ({ nodes, next: null })
/** home > (ash > (elm), oak) */
const grown = (): Tree => {
  const tree = came(came(came(BARE, TOP, page(place('home', null, 2)), true), 'home', page(place('ash', 'home', 1), place('oak', 'home')), true), 'ash', page(place('elm', 'ash')), true)
  return turned(turned(tree, 'home', true), 'ash', true)
}
const drawn = (tree: Tree) => rowsOf(tree).map((r) => `${'-'.repeat(r.level)}${r.id}`)

test('[PL1] only what is open is drawn, with its level and its place among its neighbours', () => {
  expect(drawn(grown())).toEqual(['-home', '--ash', '---elm', '--oak'])
  expect(drawn(turned(grown(), 'ash', false))).toEqual(['-home', '--ash', '--oak'])
  expect(rowsOf(grown()).at(-1)).toMatchObject({ nth: 2, of: 2, open: null })
  const half = came(came(BARE, TOP, page(place('home', null, 900)), true), 'home', { nodes: [place('a', 'home')], next: 'on' }, true)
  expect(rowsOf(turned(half, 'home', true)).at(-1)).toMatchObject({ is: 'more', left: 899, of: 900 })
})

test('[PL3] a place that moves takes its place among the new neighbours, and both counts follow', () => {
  const moved = put(grown(), place('elm', 'home'))
  expect(drawn(moved)).toEqual(['-home', '--ash', '--elm', '--oak'])
  expect([moved.places.ash?.children, moved.places.home?.children]).toEqual([0, 3])
  expect(trailOf(moved, 'elm').map((p) => p.nodeId)).toEqual(['home'])
  expect(drawn(put(grown(), { ...place('oak', 'home'), name: 'aaa' }))).toEqual(['-home', '--oak', '--ash', '---elm'])
  expect(drawn(gone(grown(), 'elm'))).toEqual(['-home', '--ash', '--oak'])
  expect(drawn(put(grown(), place('fir', 'oak'))), 'below what was not opened nothing is drawn').toEqual(['-home', '--ash', '---elm', '--oak'])
})

test('[PL3] where a place may not go is known before it is asked', () => {
  const tree = grown()
  const why = (id: string, to: string, kinds: Parameters<typeof misfit>[1] = null) => misfit(tree, kinds, tree.places[id]!, tree.places[to]!)
  expect([why('ash', 'ash'), why('ash', 'elm'), why('ash', 'home'), why('ash', 'oak')]).toEqual(['itself', 'below', 'there', null])
  expect(why('ash', 'oak', [{ key: 'unit', name: 'Unit', allowedChildren: ['team'], own: true }])).toBe('kind')
  expect(misfit(tree, null, tree.places.elm!, { ...tree.places.oak!, may: ['node.read'] })).toBe('yours')
})

test('[PL2] arrows open, go in, close and go out; letters find', () => {
  const rows = rowsOf(grown())
  expect([stepOf('ArrowRight', rows, 0), stepOf('ArrowRight', rows, 2), stepOf('ArrowLeft', rows, 1), stepOf('ArrowLeft', rows, 2)]).toEqual([{ go: 'ash' }, { go: undefined }, { turn: 'ash', open: false }, { go: 'ash' }])
  expect(stepOf('x', rows, 0)).toBeUndefined()
  let now = 0
  const letters = typeahead(() => now)
  expect([letters.find('o', rows, 0), letters.find('a', rows, 3)]).toEqual(['oak', 'oak'])
  now = 5_000
  expect([letters.find('e', rows, 3), letters.find('e', rows, 2)], 'the same again goes on, and around').toEqual(['elm', 'elm'])
})
