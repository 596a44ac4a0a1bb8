// What is told leaves one packet an audience and turn; an audience that is spared hears no more often than it may.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openPushes } from '#kernel/pushes'
import type { Told } from '#kernel/contract'

beforeEach(() => { vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance'] }) })
afterEach(() => { vi.useRealTimers() })
const told = (n: number): Told => ['x:said', { at: '', body: n }]

test('[CC6] staff hear the first at once, then at most four packets a second, everything, in order, and the last', () => {
  const packets: [string, number[]][] = []
  const pushes = openPushes((room, all) => packets.push([room, all.map((t) => t[1].body as number)]), undefined, (room) => (room.startsWith('staff:') ? 250 : 0))
  for (let n = 0; n < 100; n++) {
    pushes.add('staff:a', told(n))
    pushes.add('cohort:a', told(n))
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(300)
  const staff = packets.filter(([room]) => room === 'staff:a')
  expect(staff[0]).toEqual(['staff:a', [0]])
  expect(staff.length).toBeLessThanOrEqual(6)
  expect(staff.flatMap(([, all]) => all)).toEqual(Array.from({ length: 100 }, (_, n) => n))
  expect(packets.filter(([room]) => room === 'cohort:a')).toHaveLength(100)
  pushes.add('staff:a', told(100))
  pushes.add('staff:a', told(101))
  pushes.flush()
  expect(packets.at(-1)).toEqual(['staff:a', [100, 101]])
})
