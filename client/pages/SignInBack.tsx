// Where a provider sends one back to: it finishes what this window began, and says what went wrong.
import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { Refusal } from '../api.ts'
import { come, isAdding } from '../mine/away.ts'
import { MineTexts, useMineWords } from '../mine/words.tsx'
import { announce } from '../parts/Say.tsx'
import { Bones, Notice } from '../parts/State.tsx'
import { useTrouble } from '../trouble.ts'

export default function SignInBack() {
  return <MineTexts><Back /></MineTexts>
}

function Back() {
  const { say } = useMineWords()
  const trouble = useTrouble()
  const [, go] = useLocation()
  const [query] = useState(location.search)
  const [adding] = useState(isAdding)
  const [why, setWhy] = useState<Refusal | 'nowhere' | null>(null)
  useEffect(() => {
    history.replaceState(null, '', location.pathname) // the code is nobody's business
    come(query).then((came) => {
      if (!came) return setWhy('nowhere')
      announce(came.kind === 'added' ? say('back.added', { provider: came.name }) : say('signin.done', { name: came.name }))
      go(came.kind === 'added' ? '/account' : '/', { replace: true })
    }, setWhy)
  }, [query, go, say])
  if (!why) return <main className="notice"><Bones label={say('back.wait')} /></main>
  const again = adding ? <Link className="btn ink" href="/account">{say('back.account')}</Link> : <Link className="btn ink" href="/sign-in">{say('back.again')}</Link>
  return (
    <Notice kind={say('state.refused')} title={say('back.refused')} action={again}>
      {why === 'nowhere' ? say('back.nowhere') : why.message || trouble(why)}
    </Notice>
  )
}
