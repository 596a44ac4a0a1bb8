// Opens the database: PostgreSQL where an address is given, the embedded one in a data directory otherwise. Both come
// back migrated, and speak alike.
import type { Opened } from './epoch.ts'
import type { BriefLog } from './migrate.ts'

export type { Opened } from './epoch.ts'

/** `url`: a postgresql:// address, else the embedded database in `dir` (`memory://`: in memory, for tests).
 *  `migrations`: the folder with the migrations. Throws one clear sentence where it cannot be opened. */
export async function openDatabase({ url, dir, migrations, log }: { url?: string | undefined; dir: string; migrations: string; log: BriefLog }): Promise<Opened> {
  if (url) return (await import('./postgres.ts')).openPostgres({ url, migrations, log })
  return (await import('./pglite.ts')).openPglite({ dir, migrations, log })
}
