// What a learner's phone loads first.
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ROOT } from '../../server/app.ts'
import { firstLoad } from './first-load.ts'
import { pagesAreBuilt } from './stage.ts'

beforeAll(pagesAreBuilt, 60_000)

it('[CL21] is at most 120 KB of script, gzipped, and comes from nowhere else', () => {
  const { page, scripts, gzipped } = firstLoad(join(ROOT, 'client/dist'))
  expect(gzipped / 1024, scripts.join(', ')).toBeLessThanOrEqual(120)
  expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//)
})
