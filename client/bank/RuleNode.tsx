// One condition of a rule, or several that are joined: all of them, or one of them; each may be turned round.
import { Sign } from '../instructor/Sign.tsx'
import { Button } from '../parts/Button.tsx'
import { asInstant, asLocal, condition, DEEPEST, group, LEAVES, type Node, type Sort } from './rule.ts'
import type { Module, Quiz } from './wire.ts'
import { useBankWords } from './words.tsx'

type Change = (node: Node) => Node | null
type Props = { node: Node; level: number; modules: readonly Module[]; quizzes: readonly Quiz[]; isFull: boolean; onChange(key: string, change: Change): void }

export function RuleNode(props: Props) {
  const { say } = useBankWords()
  const { node, level, quizzes, modules, isFull, onChange } = props
  const tool = level > 1 && <><label className="tickbox small rule-not"><input type="checkbox" checked={node.not} onChange={(e) => { const not = e.target.checked; onChange(node.key, (n) => ({ ...n, not })) }} />{say('bk.rule.not')}</label>
    <button type="button" className="tool kept-on" aria-label={say('bk.rule.out')} title={say('au.remove')} onClick={() => onChange(node.key, () => null)}><Sign of="cross" /></button></>
  if (!('of' in node)) return <li className="rule-leaf"><Leaf {...props} node={node} />{tool}</li>
  const hasLesson = modules.some((m) => m.topics.length > 0)
  const first: Sort = quizzes.length > 0 ? 'quizPassed' : hasLesson ? 'topicRead' : 'from'
  const add = (one: Node) => onChange(node.key, (n) => ('of' in n ? { ...n, of: [...n.of, one] } : n))
  const inner = (
    <fieldset className="rule-group">
      <legend className="sr">{say('bk.rule.group')}</legend>
      <span className="row wrap">
        <select className="field slim pick" aria-label={say('bk.rule.join')} value={node.join} onChange={(e) => { const join = e.target.value as 'all' | 'any'; onChange(node.key, (n) => ({ ...n, join }) as Node) }}><option value="all">{say('bk.rule.all')}</option><option value="any">{say('bk.rule.any')}</option></select>
        {tool}
      </span>
      {node.of.length > 0 && <ul>{node.of.map((n) => <RuleNode key={n.key} {...props} node={n} level={level + 1} />)}</ul>}
      {!isFull && <span className="row wrap"><Button look="text" slim onClick={() => add(condition(first))}>{say('bk.rule.add')}</Button>{level < DEEPEST - 2 && <Button look="text" slim onClick={() => add(group(node.join === 'all' ? 'any' : 'all', [condition(first)]))}>{say('bk.rule.add.group')}</Button>}</span>}
    </fieldset>
  )
  return level > 1 ? <li>{inner}</li> : inner
}

type Leaf = Extract<Node, { sort: Sort }>
function Leaf({ node, modules, quizzes, onChange }: Props & { node: Leaf }) {
  const { say } = useBankWords()
  const set = (more: Partial<Leaf>) => onChange(node.key, (n) => ({ ...n, ...more }) as Node)
  const isQuiz = node.sort === 'quizPassed' || node.sort === 'quizScore'
  const ids = isQuiz ? quizzes.map((q) => q.quizId) : modules.flatMap((m) => m.topics.map((t) => t.topicId))
  const hasN = node.sort === 'quizScore' || node.sort === 'daysAfterStart' || node.sort === 'sessionsHeld'
  return (
    <span className="row wrap grow">
      <select className="field slim pick" aria-label={say('bk.rule.sort')} value={node.sort} onChange={(e) => { const sort = e.target.value as Sort; const wasQuiz = isQuiz && (sort === 'quizPassed' || sort === 'quizScore'); set({ sort, about: wasQuiz ? node.about : '', n: sort === 'quizScore' ? '80' : '' }) }}>{LEAVES.map((s) => <option key={s} value={s}>{say(`bk.rule.sort.${s}`)}</option>)}</select>
      {(isQuiz || node.sort === 'topicRead') && (
        <select className="field slim pick" aria-label={say(isQuiz ? 'bk.rule.which.quiz' : 'bk.rule.which.topic')} value={node.about} onChange={(e) => set({ about: e.target.value })}>
          <option value="">{say(ids.length === 0 ? (isQuiz ? 'bk.rule.noquiz' : 'bk.rule.notopic') : isQuiz ? 'bk.rule.which.quiz' : 'bk.rule.which.topic')}</option>
          {node.about && !ids.includes(node.about) && <option value={node.about}>{say('bk.rule.gone')}</option>}
          {isQuiz ? quizzes.map((q) => <option key={q.quizId} value={q.quizId}>{q.title}</option>) : modules.map((m) => <optgroup key={m.no} label={m.title}>{m.topics.map((t) => <option key={t.topicId} value={t.topicId}>{t.topicName}</option>)}</optgroup>)}
        </select>
      )}
      {hasN && <input className="field slim num bank-n" inputMode="numeric" dir="ltr" aria-label={say(`bk.rule.n.${node.sort as 'quizScore' | 'daysAfterStart' | 'sessionsHeld'}`)} placeholder={say(`bk.rule.n.${node.sort as 'quizScore' | 'daysAfterStart' | 'sessionsHeld'}`)} value={node.n} onChange={(e) => set({ n: e.target.value })} />}
      {node.sort === 'from' && <input type="datetime-local" className="field slim rule-when" aria-label={say('bk.rule.when')} value={asLocal(node.about)} onChange={(e) => set({ about: asInstant(e.target.value) })} />}
    </span>
  )
}
