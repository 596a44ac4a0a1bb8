import { Link } from 'wouter'
import { useWords } from '../language.tsx'
import { Notice } from '../parts/State.tsx'

export function NotFound() {
  const { say } = useWords()
  return <Notice title={say('notfound.title')} action={<Link className="btn line" href="/">{say('home.back')}</Link>}>{say('notfound.why')}</Notice>
}
