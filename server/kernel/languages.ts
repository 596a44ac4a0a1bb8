// Language tags (BCP 47): what somebody would like to read, in order, and the best of what there is (RFC 4647, lookup).

/** A tag as it is written in full, or null where it is none. */
export function canonical(tag: string): string | null {
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null
  } catch {
    return null
  }
}

/** The tags of an Accept-Language header, the most wanted first; at most ten, what is no tag is left out. */
export function accepted(header: string | undefined): string[] {
  const wanted = (header ?? '').slice(0, 500).split(',').map((part, at) => {
    const [tag = '', ...rest] = part.trim().split(/\s*;\s*/)
    const q = rest.map((r) => /^q=([0-9.]+)$/.exec(r)?.[1]).find((n) => n !== undefined)
    return { tag: canonical(tag), q: q === undefined ? 1 : Number(q), at }
  })
  return wanted.filter((w) => w.tag !== null && w.q > 0).sort((a, b) => b.q - a.q || a.at - b.at).slice(0, 10).map((w) => w.tag as string)
}

/** What to look for, in order: each tag, then what it is a kind of (`pt-BR`, `pt`). */
export function chainFor(tags: readonly (string | null | undefined)[]): string[] {
  const chain = new Set<string>()
  for (const given of tags) {
    const tag = given ? canonical(given) : null
    for (let parts = tag?.split('-') ?? []; parts.length > 0; parts = parts.slice(0, -1)) chain.add(parts.join('-'))
  }
  return [...chain]
}

/** What there is, in the order somebody would like it: of each wanted tag itself, else another kind of it (`pt` → `pt-BR`). */
export function ranked(chain: readonly string[], there: Iterable<string>): string[] {
  const all = [...there]
  const best = new Set<string>()
  for (const tag of chain) {
    const found = all.includes(tag) ? tag : all.filter((t) => t.startsWith(`${tag}-`)).sort()[0]
    if (found) best.add(found)
  }
  return [...best]
}
