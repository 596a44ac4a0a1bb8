// Writing a course: its outline at the left, the topic that is being written at the right; its languages, its versions, and the course
// as a folder are pages of their own beside it.
import { lazy, Suspense, useEffect } from 'react'
import { Link } from 'wouter'
import { useAccount } from '../account.ts'
import { About } from '../author/About.tsx'
import { Folder } from '../author/Folder.tsx'
import { Foot, PAGES, Top } from '../author/Frame.tsx'
import { Languages } from '../author/Languages.tsx'
import { useOrdering } from '../author/ordering.ts'
import { Offers } from '../author/Offers.tsx'
import { Outline } from '../author/Outline.tsx'
import { isAnyOpen, readAnew } from '../author/saying.ts'
import { Topic } from '../author/Topic.tsx'
import { Versions } from '../author/Versions.tsx'
import { isAnyWished } from '../author/whole.ts'
import type { Product } from '../author/wire.ts'
import { AuthorTexts, useAuthorWords } from '../author/words.tsx'
import { useKept } from '../cohort/kept.ts'
import { Button } from '../parts/Button.tsx'
import { useKeys } from '../parts/keys.ts'
import { Bones, Notice } from '../parts/State.tsx'
import { useOnline } from '../people/Frame.tsx'
import { useDone } from '../places/done.ts'
import { useTrouble } from '../trouble.ts'
import { Enter } from './Enter.tsx'
import '../styles/desk.css'
import '../styles/people.css'
import '../styles/course.css'
import '../styles/record.css'
import '../styles/author.css'

const Known = lazy(() => import('../author/Known.tsx'))
const Suggested = lazy(() => import('../author/Suggested.tsx'))
const Quizzes = lazy(() => import('../bank/Quizzes.tsx'))

/** `part`: a topic, or the name of a page. */
type Props = { courseId: string; part: string | undefined }

export default function Write({ courseId, part }: Props) {
  const user = useAccount((a) => a.user)
  return user ? <AuthorTexts><Whole key={`${user.userId} ${courseId}`} courseId={courseId} part={part} /></AuthorTexts> : <Enter />
}

function Whole({ courseId, part }: Props) {
  const { say } = useAuthorWords()
  const trouble = useTrouble()
  const { done, said, undo } = useDone()
  const ordering = useOrdering(courseId, said)
  const { there: product, again } = useKept<Product>(`/products/${courseId}`)
  const online = useOnline(again)
  const { lost, value: outline } = ordering
  const page = PAGES.find((p) => p === part)
  const topicId = part && !page ? part : undefined
  const topic = outline?.modules.flatMap((m) => m.topics).find((t) => t.topicId === topicId)
  useEffect(() => { document.title = `${topic ? `${topic.topicName}, ` : ''}${product?.title ?? say('au.write')} · Lectern` }, [topic, product, say])
  useKeys({ z: undo })
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => { if (isAnyWished() || isAnyOpen()) event.preventDefault() }
    addEventListener('beforeunload', leaving)
    return () => removeEventListener('beforeunload', leaving)
  }, [])

  const home = <Link className="btn line" href="/">{say('home.back')}</Link>
  if (lost?.code === 'forbidden') return <Notice kind={say('state.refused')} title={say('au.refused')} action={<><Link className="btn line" href={`/course/${courseId}`}>{say('au.to.course')}</Link>{home}</>}>{say('au.refused.why')}</Notice>
  if (lost && !outline) return <Notice title={say(lost.code === 'not_found' ? 'au.lost' : 'au.unread')} action={<>{lost.code !== 'not_found' && <Button look="line" onClick={() => void ordering.load()}>{say('try.again')}</Button>}{home}</>}>{trouble(lost)}</Notice>
  return (
    <div className={`people-desk write-desk ${topicId ? 'one' : ''}`}>
      <Top courseId={courseId} name={product?.title ?? ''} at={page ?? 'write'} online={online} />
      {!online && <p className="note alert offline-of" role="status">{say('au.offline')}</p>}
      {page ? (
        <main className="people-page author-page">
          {page === 'quizzes' && <Suspense fallback={<Bones label={say('au.wait')} lines={[50, 100, 100]} />}><Quizzes courseId={courseId} product={product} outline={outline} said={said} /></Suspense>}
          {page === 'languages' && <Languages courseId={courseId} />}
          {page === 'versions' && <Versions courseId={courseId} said={said} onRestored={() => { readAnew(); void ordering.load(); again() }} />}
          {page === 'folder' && product && <Folder product={product} onBrought={() => { readAnew(); void ordering.load(); again() }} />}
        </main>
      ) : (
        <div className="authoring">
          <div className="outline-side">
            {ordering.refusal && <p className="note alert spread wrap" role="alert"><span>{trouble(ordering.refusal)}</span><Button look="text" slim onClick={ordering.forget}>{say('list.close')}</Button></p>}
            {ordering.waits && <p className="note alert spread wrap" role="status"><span>{say('au.order.waits')}</span><Button look="line" slim onClick={() => void ordering.send()}>{say('try.again')}</Button></p>}
            <Outline courseId={courseId} chosen={topicId} ordering={ordering} />
          </div>
          <main className="write-main">
            {topicId ? <><Topic key={topicId} courseId={courseId} topicId={topicId} languages={product?.languages ?? []} said={said} onNamed={ordering.renamed} /><Suspense fallback={null}><Suggested key={topicId} topicId={topicId} /></Suspense></>
              : <><h1 className="h-page" dir="auto">{product?.title ?? say('au.write')}</h1>{outline && outline.modules.length > 0 && <p className="quiet">{say('au.choose')}</p>}{product && <><About key={product.productId} product={product} onSaved={again} /><Offers product={product} said={said} onChanged={again} /><Suspense fallback={<Bones label={say('au.wait')} lines={[60, 90]} />}><Known courseId={courseId} /></Suspense></>}</>}
          </main>
        </div>
      )}
      <Foot done={done} onUndo={undo} />
    </div>
  )
}
