// The quizzes of a course, as a page of the pages for authors: by module, each in its editor; the bank they ask from, its pools, and
// the way in and out as files. Which of these is shown stands in the address.
import { useEffect } from 'react'
import { Link, useLocation, useSearch } from 'wouter'
import type { Product } from '../author/wire.ts'
import type { Outline } from '../author/order.ts'
import { Icon } from '../parts/Icons.tsx'
import { Bones } from '../parts/State.tsx'
import type { Said } from '../places/done.ts'
import { Bank } from './Bank.tsx'
import { Files } from './Files.tsx'
import { List } from './List.tsx'
import { NewQuiz } from './NewQuiz.tsx'
import { Pools } from './Pools.tsx'
import { QuestionForm } from './QuestionForm.tsx'
import { QuizEditor } from './QuizEditor.tsx'
import { type Module, toBank } from './wire.ts'
import { BankTexts, useBankWords } from './words.tsx'
import '../styles/bank.css'

type Props = { courseId: string; product: Product | null; outline: Outline | null; said: Said }
export default function Quizzes(props: Props) { return <BankTexts><Inside {...props} /></BankTexts> }

const PAGES = ['quizzes', 'bank', 'pools', 'files'] as const

function Inside({ courseId, product, outline, said }: Props) {
  const { say } = useBankWords()
  const [, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const quiz = asked.get('quiz')
  const question = asked.get('question')
  const at = PAGES.find((p) => p === asked.get('at')) ?? 'quizzes'
  const name = product?.title ?? ''
  useEffect(() => { document.title = `${say('bk.title')}, ${name} · Lectern` }, [say, name])
  if (!outline || !product) return <Bones label={say('bk.wait')} lines={[50, 100, 100]} />
  const modules: Module[] = outline.modules.map((m, n) => ({ no: n + 1, title: m.title, topics: m.topics }))
  const about = { courseId, modules, language: product.language, said }
  const bank = toBank(courseId, { at: 'bank' })
  const back = (href: string, text: string) => <p><Link className="btn text slim bank-back" href={href}><Icon of="back" className="flip small" />{text}</Link></p>
  if (quiz === 'new') return <>{back(toBank(courseId), say('bk.all'))}<NewQuiz {...about} moduleNo={Number(asked.get('module')) || null} /></>
  if (quiz) return <>{back(toBank(courseId), say('bk.all'))}<QuizEditor key={quiz} {...about} quizId={quiz} /></>
  if (question) return (
    <>
      {back(bank, say('bk.bank.all'))}
      <h1 className="h-page">{say(question === 'new' ? 'bk.question.new' : 'bk.question.edit')}</h1>
      <section className="publish"><QuestionForm key={question} {...about} questionId={question === 'new' ? null : question} saves={say('bk.save')} onClose={() => go(bank)}
        onSaved={(_, isNew) => { said(say(isNew ? 'bk.question.added' : 'bk.question.saved')); if (isNew) go(bank) }} /></section>
    </>
  )
  return (
    <>
      <nav className="bank-pages" aria-label={say('bk.pages')}>{PAGES.map((p) => <Link key={p} className="chip" href={toBank(courseId, { at: p === 'quizzes' ? null : p })} aria-current={p === at ? 'page' : undefined}>{say(`bk.page.${p}`)}</Link>)}</nav>
      {at === 'quizzes' && <List {...about} />}
      {at === 'bank' && <Bank {...about} />}
      {at === 'pools' && <Pools {...about} />}
      {at === 'files' && <Files {...about} />}
    </>
  )
}
