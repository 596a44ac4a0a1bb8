// The DNS, asked whether a domain's people sign in with a provider.
import { Resolver } from 'node:dns/promises'

/** Whether the domain has a TXT record of this name that says this. Throws where the DNS does not answer. `servers`: none: the machine's own. */
export async function isSaid(servers: readonly string[], name: string, value: string): Promise<boolean> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 })
  if (servers.length > 0) resolver.setServers(servers)
  try {
    return (await resolver.resolveTxt(name)).some((parts) => parts.join('').trim() === value)
  } catch (error) {
    if (['ENOTFOUND', 'ENODATA'].includes((error as { code?: string }).code ?? '')) return false
    throw error
  }
}
