// Levels: the newest wins, at most ten a second, and the last one is always told.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { openLevels } from '#kernel/levels'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

const opened = () => {
  const heard: [string, unknown][] = []
  const levels = openLevels((stream, [name, { body }]) => heard.push([`${stream} ${name}`, body]), () => 'now')
  return { levels, heard }
}

test('[KE13] the first is told at once, then four a second, and the last is told', () => {
  const { levels, heard } = opened()
  for (let n = 1; n <= 100; n++) {
    levels.set('s', 'count', () => n)
    vi.advanceTimersByTime(10)
  }
  vi.advanceTimersByTime(300)
  expect(heard[0]).toEqual(['s count', 1])
  expect(heard.at(-1)).toEqual(['s count', 100])
  expect(heard.length).toBeLessThanOrEqual(6)
})

test('[KE13] the body is asked for when it is told', () => {
  const { levels, heard } = opened()
  let n = 1
  levels.set('s', 'count', () => n)
  levels.set('s', 'count', () => n)
  n = 7
  vi.advanceTimersByTime(250)
  expect(heard.map(([, b]) => b)).toEqual([1, 7])
  n = 8
  expect(levels.of('s')).toEqual([['count', { at: 'now', body: 8 }]])
})

test('[KE13] several levels of one name, told apart by their key, do not overwrite each other', () => {
  const { levels, heard } = opened()
  levels.set('s', 'count', () => 1, '2026-01-01T00:00:02.000000Z', true, 'one')
  levels.set('s', 'count', () => 2, '2026-01-01T00:00:01.000000Z', true, 'two')
  expect(heard).toEqual([['s count', 1], ['s count', 2]])
  expect(levels.of('s').map(([name, { body }]) => [name, body])).toEqual([['count', 1], ['count', 2]])
})

test('[KE13] streams and names do not hold each other up; what is forgotten is not told', () => {
  const { levels, heard } = opened()
  levels.set('a', 'x', () => 1)
  levels.set('a', 'y', () => 2)
  levels.set('b', 'x', () => 3)
  expect(heard).toHaveLength(3)
  levels.set('a', 'x', () => 4)
  levels.forget('a')
  vi.advanceTimersByTime(1_000)
  expect(heard).toHaveLength(3)
  expect(levels.of('a')).toEqual([])
  expect(levels.of('b')).toHaveLength(1)
})

test('[NO7] what holds as of an earlier time does not overtake what is known', () => {
  const { levels, heard } = opened()
  levels.set('s', 'count', () => 9, '2026-01-01T00:00:02.000000Z')
  levels.set('s', 'count', () => 8, '2026-01-01T00:00:01.999999Z')
  vi.advanceTimersByTime(200)
  expect(heard).toEqual([['s count', 9]])
  levels.set('s', 'count', () => 10, '2026-01-01T00:00:02.000001Z')
  vi.advanceTimersByTime(200)
  expect(heard.at(-1)).toEqual(['s count', 10])
  expect(levels.of('s')).toEqual([['count', { at: '2026-01-01T00:00:02.000001Z', body: 10 }]])
})
