// Who may know whom. Run from the top: npx depcruise --config test/dependency-cruiser.cjs server client
const { existsSync, readFileSync, readdirSync } = require('node:fs')

const FEATURES = '^server/features/'
const EFFECTS = `${FEATURES}[^/]+/(feature|actions[^/]*|verbs[^/]*|store[^/]*|index|gateway[^/]*)\\.ts$`
const npm = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`)

/** The rooms in the order of dependence: the list in server/features.ts. */
function rooms() {
  const folders = existsSync('server/features') ? readdirSync('server/features') : []
  if (!existsSync('server/features.ts')) return []
  const text = readFileSync('server/features.ts', 'utf8')
  const folderOf = new Map()
  for (const [, names, folder] of text.matchAll(/import\s*(?:type\s*)?\{([^}]*)\}\s*from\s*'[^']*features\/([^/']+)\/feature(?:\.ts)?'/g))
    for (const name of names.split(',')) folderOf.set(name.trim().split(/\s+as\s+/).at(-1), folder)
  const lists = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, list]) => list.split(/[\s,]+/).map((name) => folderOf.get(name.replace(/\(.*/, ''))).filter(Boolean))
  const order = lists.sort((a, b) => b.length - a.length)[0] ?? []
  const missing = folders.filter((folder) => !order.includes(folder) && existsSync(`server/features/${folder}/feature.ts`))
  if (missing.length) throw new Error(`server/features.ts does not list ${missing.join(', ')}, or test/dependency-cruiser.cjs cannot read the list.`)
  return order
}

const order = rooms()
const onlyAbove = order.slice(0, -1).map((room, i) => ({
  name: 'rooms-meet-only-rooms-above',
  comment: 'server/features.ts lists the rooms in the order of dependence: ask a room above, or let it listen to your facts.',
  severity: 'error',
  from: { path: `${FEATURES}${room}/` },
  to: { path: `${FEATURES}(${order.slice(i + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    {
      name: 'client-sees-only-the-wire',
      comment: 'The client may know wire.ts, views.ts, and the contracts and views of the kernel and the rooms.',
      severity: 'error',
      from: { path: '^client/' },
      to: { path: '^(server|prisma)/', pathNot: ['^server/(wire|views)\\.ts$', '^server/kernel/(contract|view)\\.ts$', `${FEATURES}[^/]+/(contract|view)\\.ts$`] },
    },
    {
      name: 'what-the-client-sees-runs-in-a-browser',
      severity: 'error',
      from: { path: ['^server/(wire|views)\\.ts$', '^server/kernel/(contract|view)\\.ts$', `${FEATURES}[^/]+/(contract|contract\\.[a-z]+|view)\\.ts$`] },
      to: { path: '.', pathNot: ['^server/kernel/(contract|view)\\.ts$', `${FEATURES}[^/]+/(contract|contract\\.[a-z]+|view)\\.ts$`, ...npm('typebox')], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'server-knows-no-client',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^client/' },
    },
    {
      name: 'kernel-knows-no-feature',
      comment: 'The kernel knows how to listen, remember and tell; what is told comes to it by table.',
      severity: 'error',
      from: { path: '^server/kernel/' },
      to: { path: '^server/', pathNot: '^server/kernel/' },
    },
    {
      name: 'rooms-meet-at-the-face',
      comment: "Another room is asked through its index.ts; its contract and view hold no secrets either.",
      severity: 'error',
      from: { path: `${FEATURES}([^/]+)/` },
      to: { path: FEATURES, pathNot: [`${FEATURES}$1/`, `${FEATURES}[^/]+/(index|contract|view)\\.ts$`] },
    },
    ...onlyAbove,
    {
      name: 'nouns-are-pure',
      comment: 'Only feature, actions, store, index and gateway have effects; time, chance and identity are handed to the rest.',
      severity: 'error',
      from: { path: FEATURES, pathNot: EFFECTS },
      to: {
        path: '.',
        pathNot: [`${FEATURES}[^/]+/(?!feature|actions|verbs|store|index|gateway)[^/]+\\.ts$`, '^server/kernel/(contract|view|refusals|streams|languages)\\.ts$', ...npm('typebox', 'csv-parse', 'gift-pegjs', 'markdown-it')],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'only-kernel-and-stores-touch-storage',
      severity: 'error',
      from: { path: '^(server|client)/', pathNot: ['^server/kernel/', `${FEATURES}[^/]+/store\\.ts$`] },
      to: { path: [...npm('pg', 'pg-boss', 'pglite-prisma-adapter', 'ioredis', '@electric-sql', '@prisma'), '^prisma/client/'] },
    },
    {
      name: 'only-kernel-touches-the-network',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/kernel/' },
      to: { path: npm('fastify', '@fastify', 'socket\\.io', '@socket\\.io') },
    },
    // Two files may still know each other's types.
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'nothing-unknown', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^prisma/client'] },
    exclude: { path: ['^client/dist', '\\.(css|svg|woff|woff2)$'] },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'], extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
  },
}
