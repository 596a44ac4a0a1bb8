// What somebody's minutes amount to.
import { expect, test } from 'vitest'
import { statusOf } from '../../server/features/attendance/reckoning.ts'

test.each([[0, 3600, 'absent'], [1, 3600, 'partial'], [2699, 3600, 'partial'], [2700, 3600, 'present'], [3600, 3600, 'present'], [0, 0, 'absent'], [1, 0, 'present']] as const)(
  '[AT2] %i of %i seconds is %s', (seconds, of, status) => expect(statusOf(seconds, of)).toBe(status))
