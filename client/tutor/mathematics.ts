// Formulas as mathematics: TeX becomes MathML, which browsers set themselves. What does it is loaded when the first formula comes; until
// then, and where it is not understood, a formula stands as it was written.
import purify from 'dompurify'
import { useEffect, useSyncExternalStore } from 'react'
import type { Formula } from './formulas.ts'

type Temml = { renderToString(tex: string, options: { displayMode: boolean; throwOnError: boolean; trust: boolean }): string }
let temml: Temml | null = null
let loading: Promise<void> | null = null
const waiting = new Set<() => void>()

const load = (): Promise<void> => (loading ??= import('temml').then((m) => {
  temml = m.default as Temml
  for (const wake of waiting) wake()
}, () => { loading = null }))

const whenThere = (wake: () => void) => {
  waiting.add(wake)
  return () => { waiting.delete(wake) }
}

/** Whether formulas can be set now; asks for what is missing where there are any. */
export function useMathematics(needed: boolean): boolean {
  useEffect(() => { if (needed) void load() }, [needed])
  return useSyncExternalStore(whenThere, () => temml !== null)
}

/** A formula as MathML, cleaned; null where it cannot be set. */
export function mathematics({ tex, alone }: Formula): Element | null {
  if (!temml) return null
  try {
    const made = purify.sanitize(temml.renderToString(tex, { displayMode: alone, throwOnError: true, trust: false }), { USE_PROFILES: { mathMl: true }, RETURN_DOM_FRAGMENT: true }).firstElementChild
    if (made?.localName !== 'math') return null
    const frame = document.createElement('span')
    frame.className = alone ? 'maths alone' : 'maths'
    frame.dir = 'ltr'
    frame.append(made)
    return frame
  } catch {
    return null
  }
}
