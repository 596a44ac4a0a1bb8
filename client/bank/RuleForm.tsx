// A rule as a form: a small tree, what it says in words, and for how many learners it would shut what is open to them, before it is put.
import { useEffect, useRef, useState } from 'react'
import type { Refusal } from '../api.ts'
import { Button } from '../parts/Button.tsx'
import { announce } from '../parts/Say.tsx'
import { useTrouble } from '../trouble.ts'
import { Meanwhile } from './Meanwhile.tsx'
import { asForm, asRule, countOf, MOST, type Node, type Rule, withNode } from './rule.ts'
import { useRuled } from './ruled.ts'
import type { Rules } from './rules.ts'
import { RuleNode } from './RuleNode.tsx'
import { type Module, type Quiz, type Ruled, tryRule } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; module: Module; modules: readonly Module[]; quizzes: readonly Quiz[]; rules: Rules; of: Ruled; onClose(): void }
const PAUSE = 400

export function RuleForm({ courseId, module: m, modules, quizzes, rules, of, onClose }: Props) {
  const { say } = useBankWords()
  const trouble = useTrouble()
  const ruled = useRuled(modules, quizzes)
  const [form, setForm] = useState<Node>(() => asForm(of.rule))
  const [tried, setTried] = useState<{ rule: string; locks: number | null; wrong: string | null } | null>(null)
  const [theirs, setTheirs] = useState<Ruled | null>(null)
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector<HTMLElement>('select, button')?.focus(), [])
  const rule = asRule(form)
  const isNone = 'of' in form && form.of.length === 0
  const sign = JSON.stringify(rule)
  const isSame = sign === JSON.stringify(asRule(asForm(of.rule)))
  const latest = useRef(trouble)
  latest.current = trouble
  // Tried once one pauses: nothing changes by it.
  useEffect(() => {
    const now = JSON.parse(sign) as Rule | null
    if (!now || isSame) return
    let wanted = true
    const soon = setTimeout(() => tryRule(courseId, m.no, now).then(
      ({ locks }) => { if (wanted) { setTried({ rule: sign, locks, wrong: null }); announce(say('bk.rule.locks', { n: locks ?? 0 })) } },
      (error: Refusal) => { if (wanted) { setTried({ rule: sign, locks: null, wrong: latest.current(error) }); announce(latest.current(error)) } }), PAUSE)
    return () => { wanted = false; clearTimeout(soon) }
  }, [courseId, m.no, sign, isSame, say])
  const put = async (next: Rule | null, on: Ruled) => {
    setBusy(true)
    setWrong(null)
    try {
      await rules.put(on, next)
      onClose()
    } catch (error) {
      const refusal = error as Refusal
      if (refusal.code === 'conflict' && refusal.details?.now) setTheirs({ ...on, ...(refusal.details.now as Partial<Ruled>) })
      else setWrong(trouble(refusal))
      setBusy(false)
    }
  }
  const known = tried?.rule === sign ? tried : null
  const text = (r: Rule | null) => (r ? say('bk.rule.opens', { when: ruled(r) }) : say('bk.rule.none'))
  const earlier = modules.filter((o) => o.no < m.no)
  return (
    <div ref={box} className="rule-form">
      <RuleNode node={form} level={1} modules={earlier} quizzes={quizzes.filter((q) => q.quizType !== 'practice' && (q.moduleNo === null || q.moduleNo < m.no))} isFull={countOf(form) >= MOST} onChange={(key, change) => setForm((f) => withNode(f, key, change))} />
      <p className="b">{isNone ? say('bk.rule.none') : rule ? text(rule) : say('bk.rule.lacks')}</p>
      {!isSame && rule && <p className={`small ${known?.wrong ? 'trouble' : known?.locks ? 'trouble' : 'quiet'}`}>{!known ? say('bk.rule.trying') : (known.wrong ?? say('bk.rule.locks', { n: known.locks ?? 0 }))}</p>}
      {theirs && <Meanwhile who={theirs.by ?? ''} what="bk.meanwhile.rule" theirs={text(theirs.rule)} mine={text(rule)} onTheirs={() => { void rules.load(); onClose() }} onMine={() => { setTheirs(null); void put(rule, theirs) }} />}
      {wrong && <p className="note alert" role="alert">{wrong}</p>}
      <p className="row wrap">
        <Button look="ink" slim busy={busy} notYet={isSame || (!rule && !isNone) || !!known?.wrong} onClick={() => void put(rule, of)}>{isNone ? say('bk.rule.drop') : known?.locks ? say('bk.rule.put.locks', { n: known.locks }) : say('bk.rule.put')}</Button>
        {of.rule && !isNone && <Button look="text" slim onClick={() => void put(null, of)}>{say('bk.rule.drop')}</Button>}
        <Button look="text" slim onClick={onClose}>{say('list.close')}</Button>
      </p>
    </div>
  )
}
