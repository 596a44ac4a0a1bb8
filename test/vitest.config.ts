import { defineConfig } from 'vitest/config'

// Files run two at a time (two cores); what is in one file runs in order, since it shares one class. The bad days come last
// and one at a time: they measure how long people wait.
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    pool: 'forks',
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 8_000 } },
    reporters: ['default', ['json', { outputFile: 'test/.out/results.json' }]],
    projects: [
      { extends: true, test: { name: 'class', include: ['test/{unit,wire,browser}/**/*.test.ts'], maxWorkers: 2, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'fault', include: ['test/fault/**/*.test.ts'], maxWorkers: 1, sequence: { groupOrder: 1 } } },
    ],
  },
})
