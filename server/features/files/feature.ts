import { CannotStart } from '#kernel/config'
import { type Feature, feature, type Kernel } from '#kernel/feature'
import { actions } from './actions.ts'
import { files as contract } from './contract.ts'
import { sweep } from './gateway.ts'
import { check } from './index.ts'

export const files = (kernel: Kernel): Feature => feature({
  contract,
  ...actions(kernel),
  async start() {
    const { config, log } = kernel
    if (config.production && config.redis && !config.s3) log.warn('several machines need one place for files: set FILES_S3_URL, or give all of them the same folder as DATA_DIR/uploads')
    await check(kernel).catch((err) => {
      if (err instanceof CannotStart) throw err
      log.warn({ err }, 'files cannot be fetched or put up for now')
    })
    await sweep(config.dataDir)
  },
  timed: { 'files.sweep': { cron: '23 * * * *', work: () => sweep(kernel.config.dataDir) } },
})
