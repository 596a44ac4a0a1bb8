// The groups of a prompt as staff see them: with what the answers in them say, and without what was hidden since.
import type { Sql } from '#kernel/sql'
import type { GroupsSeen } from './contract.ts'
import { current } from './grouping.ts'
import { plain } from './likeness.ts'
import { answersOf, groupsOf } from './store.ts'

const EXAMPLES = 3
const LOOKED = 100
/** What differs only in case, spaces or marks is shown once. */
const distinct = (texts: readonly string[]): string[] => {
  const said = texts.map(plain)
  return texts.filter((_, i) => said.indexOf(said[i] as string) === i)
}

/** Undefined where they are not made yet. */
export async function seen(sql: Sql, promptId: string): Promise<GroupsSeen | undefined> {
  const row = await groupsOf(sql, promptId)
  if (!row) return undefined
  const texts = new Map((await answersOf(sql, promptId)).map((a) => [a.id, a.text]))
  const { groups, loose } = current(row, new Set(texts.keys()))
  return {
    promptId, version: row.version, by: row.by, grouped: groups.reduce((n, g) => n + g.answers.length, 0), madeAt: row.madeAt.toISOString(), changedBy: row.changedBy,
    groups: groups.map((g) => ({ ...g, examples: distinct(g.answers.slice(0, LOOKED).map((a) => texts.get(a) as string)).slice(0, EXAMPLES) })), loose,
  }
}
