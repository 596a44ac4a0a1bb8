// Real input, kept beside the repository and not in it: a whole course in several languages. A test that needs it says so where it is missing.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../server/app.ts'

const beside = [join(ROOT, '../shared'), '/work/shared'].find((dir) => existsSync(join(dir, 'courses/iot-for-beginners')))
/** The folder of the real course; where there is none, one that does not exist. */
export const REAL = join(beside ?? join(ROOT, '../shared'), 'courses/iot-for-beginners')
export const hasReal = beside !== undefined
