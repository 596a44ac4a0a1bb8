// The catalogue as one looks through it: what is looked for stands in the address, and pages come as one scrolls.
import { useCallback, useEffect, useRef, useState } from 'react'
import { asMe } from '../account.ts'
import type { Refusal } from '../api.ts'
import type { Product } from './wire.ts'

export const TYPES = ['course', 'book', 'video', 'path'] as const
export type Wanted = { search: string; type: string; language: string; archived: boolean }
type Page = { products: Product[]; next: string | null }
type State = { products: Product[] | null; next: string | null; refusal: Refusal | null; of: string }

/** So long a pause in typing is taken for a word, ms. */
const PAUSE = 250

export function wantedIn(query: string): Wanted {
  const asked = new URLSearchParams(query)
  return { search: asked.get('search') ?? '', type: asked.get('type') ?? '', language: asked.get('in') ?? '', archived: asked.get('archived') === 'true' }
}

export function inAddress({ search, type, language, archived }: Wanted): string {
  const said = new URLSearchParams(Object.entries({ search: search.trim(), type, in: language, archived: archived ? 'true' : '' }).filter(([, value]) => value))
  return said.size > 0 ? `?${said}` : ''
}

/** What there is of it in this language: its own, or one that it is in too. */
export const isIn = ({ language, languages }: Product, tag: string): boolean => tag === '' || language === tag || languages.includes(tag)

export function useLooking() {
  const [wanted, want] = useState(() => wantedIn(location.search))
  const [state, set] = useState<State>({ products: null, next: null, refusal: null, of: '' })
  const turn = useRef(0)
  const { search, type, archived } = wanted
  const asked = queryOf({ search, type, archived })

  const read = useCallback((cursor: string | null) => {
    const mine = ++turn.current
    const more = cursor === null ? asked : `${asked}&cursor=${encodeURIComponent(cursor)}`
    asMe<Page>('GET', `/products?${more}`).then(
      (page) => mine === turn.current && set((s) => ({ products: cursor === null ? page.products : [...(s.products ?? []), ...page.products], next: page.next, refusal: null, of: asked })),
      (refusal) => mine === turn.current && set((s) => ({ ...s, refusal })),
    )
  }, [asked])

  // At once where there is nothing yet; while one types, at its pauses.
  const isFirst = state.products === null && state.refusal === null
  useEffect(() => {
    const timer = setTimeout(read, isFirst ? 0 : PAUSE, null)
    return () => clearTimeout(timer)
  }, [read])
  useEffect(() => {
    const timer = setTimeout(() => history.replaceState(history.state, '', location.pathname + inAddress(wanted)), PAUSE)
    return () => clearTimeout(timer)
  }, [wanted])

  const next = state.of === asked ? state.next : null
  const more = useCallback(() => { if (next !== null) read(next) }, [next, read])
  return { wanted, want: (part: Partial<Wanted>) => want((w) => ({ ...w, ...part })), ...state, current: state.of === asked, next, more, again: () => read(null) }
}

function queryOf({ search, type, archived }: Omit<Wanted, 'language'>): string {
  return new URLSearchParams(Object.entries({ search: search.trim().slice(0, 200), type, archived: archived ? 'true' : '' }).filter(([, value]) => value)).toString()
}
