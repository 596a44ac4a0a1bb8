// The way to signing in by e-mail, where this server offers it.
import { type ReactNode, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { ask } from '../api.ts'

let about: Promise<{ email: boolean }> | null = null

export function EmailWay({ why, children }: { why?: string; children: ReactNode }) {
  const [offered, setOffered] = useState(false)
  useEffect(() => {
    about ??= ask<{ email: boolean }>('GET', '/about')
    about.then((a) => setOffered(a.email), () => { about = null })
  }, [])
  return offered && (
    <div className="email-way">
      {why && <p className="quiet">{why}</p>}
      <Link className="btn line" href="/sign-in">{children}</Link>
    </div>
  )
}
