import { defineConfig } from 'vitest/config'

// Files run two at a time (two cores); what is in one file runs in order, since it shares one class.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    include: ['test/{unit,wire,browser,fault}/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 8_000 } },
    reporters: ['default', ['json', { outputFile: 'test/.out/results.json' }]],
  },
})
