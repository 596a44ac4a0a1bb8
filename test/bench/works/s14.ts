// S14: the script that a learner's phone loads before anything is shown, in pages that are built for this.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { ROOT } from '../../../server/app.ts'
import { firstLoad } from '../../browser/first-load.ts'
import { LECTERN, type Work } from './work.ts'

const SCRIPT = 'script, gzipped, KiB'

export const s14: Work = {
  id: 'S14',
  what: 'the first load of the learner\'s page',
  sides: [LECTERN],
  goals: [{ metric: SCRIPT, against: null, most: 120 }],
  async measure() {
    const outDir = join(ROOT, `node_modules/.cache/lectern-bench-${process.pid}`)
    try {
      await build({ configFile: join(ROOT, 'client/vite.config.ts'), mode: 'production', logLevel: 'error', build: { outDir, emptyOutDir: true } })
      return { [SCRIPT]: firstLoad(outDir).gzipped / 1024 }
    } finally {
      rmSync(outDir, { recursive: true, force: true })
    }
  },
}
