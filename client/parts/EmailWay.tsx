// The way to signing in by e-mail or with a provider, where this server offers it.
import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { ask } from '../api.ts'

let asked: Promise<boolean> | null = null
const isOffered = async () => (await ask<{ email: boolean }>('GET', '/about')).email || (await ask<{ providers: unknown[]; byDomain: boolean }>('GET', '/auth/ways').then((w) => w.providers.length > 0 || w.byDomain))

export function EmailWay({ why, children }: { why?: string; children: ReactNode }) {
  const [offered, setOffered] = useState(false)
  useEffect(() => {
    asked ??= isOffered()
    asked.then(setOffered, () => { asked = null })
  }, [])
  return offered && (
    <div className="email-way">
      {why && <p className="quiet">{why}</p>}
      <Link className="btn line" href="/sign-in">{children}</Link>
    </div>
  )
}
