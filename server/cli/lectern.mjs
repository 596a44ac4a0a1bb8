#!/usr/bin/env node
// The command line. Plain enough for an old Node to read and refuse; what it does is in the files it names.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const FLOOR = [20, 19]

const HELP = `Usage: lectern <command>

  start                            starts the server
  backup <file>                    writes everything to one file, from either database, also while the server runs on PostgreSQL
      --overwrite                  also where the file is there already
      --quiet                      says nothing but what goes wrong
  restore <file>                   puts a backup into an empty database, of either kind
      --replace                    also where somebody is in it: the backup takes its place
      --quiet
  doctor                           looks at the settings, the database and what is around, and says what to do
  import <folder>                  a course from a folder ("import" alone says how)
  --help, --version

The settings are those of the server, from the environment: DATA_DIR or DATABASE_URL, and the rest.
`

function stop(sentence, code) {
  process.stderr.write(`${sentence}\n`)
  process.exit(code)
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < FLOOR[0] || (major === FLOOR[0] && minor < FLOOR[1])) stop(`Lectern needs Node ${FLOOR.join('.')} or later; this is Node ${process.versions.node}. Install a later one from https://nodejs.org and start again.`, 1)
  if (!existsSync(join(ROOT, 'node_modules/tsx/package.json'))) stop('The packages are not installed yet. Run "npm ci" first.', 1)
}

const [command, ...rest] = process.argv.slice(2)
const commands = {
  start: () => import('../start.mjs'),
  import: () => import('./import.ts'),
  backup: async () => (await import('./backup.ts')).run(rest),
  restore: async () => (await import('./restore.ts')).run(rest),
  doctor: async () => (await import('./doctor.ts')).run(rest),
}

if (command === undefined || command === '--help' || command === '-h' || command === 'help') {
  process.stdout.write(HELP)
} else if (command === '--version' || command === '-v') {
  process.stdout.write(`${JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version}\n`)
} else if (!Object.hasOwn(commands, command)) {
  stop(`There is no command "${command}".\n\n${HELP}`, 2)
} else {
  checkNode()
  process.argv.splice(2, 1) // what follows is the command's own
  if (command !== 'start') (await import('tsx/esm/api')).register()
  const code = await commands[command]()
  if (typeof code === 'number') process.exitCode = code
}
