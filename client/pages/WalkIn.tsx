// Walking in with a link that the start printed: the token is in the fragment, so that no server log keeps it.
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ReplyOf } from '../../server/kernel/contract.ts'
import type { accounts } from '../../server/features/accounts/contract.ts'
import { signedIn } from '../account.ts'
import { ask, type Refusal } from '../api.ts'
import { useWords } from '../language.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'

type SignIn = ReplyOf<typeof accounts.calls.link>
let walking: { token: string; answer: Promise<SignIn> } | null = null

/** Asks once, also where the page is drawn twice: a link may be good for one walk only. */
function walk(token: string): Promise<SignIn> {
  if (walking?.token !== token) walking = { token, answer: ask<SignIn>('POST', '/auth/link', { token }) }
  return walking.answer
}

export function WalkIn() {
  const { say } = useWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  useEffect(() => {
    const to = new URLSearchParams(location.search).get('to') ?? '/'
    walk(location.hash.slice(1)).then((answer) => {
      signedIn(answer)
      go(/^\/(?!\/)/.test(to) ? to : '/', { replace: true })
    }, setRefusal)
  }, [go])
  if (!refusal) return <main className="notice"><Bones label={say('walkin.wait')} /></main>
  return (
    <Notice kind={say('state.refused')} title={say('walkin.refused')} action={<Link className="btn line" href="/">{say('enter.withcode')}</Link>}>
      {refusal.message || trouble(refusal)}
    </Notice>
  )
}
