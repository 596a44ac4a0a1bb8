// How a module opens, at its head: in words, and as a small tree once somebody wants it otherwise.
import { useEffect, useRef, useState } from 'react'
import { Button } from '../parts/Button.tsx'
import { Icon } from '../parts/Icons.tsx'
import { RuleForm } from './RuleForm.tsx'
import { useRuled } from './ruled.ts'
import type { Rules } from './rules.ts'
import type { Module, Quiz } from './wire.ts'
import { useBankWords } from './words.tsx'

type Props = { courseId: string; module: Module; modules: readonly Module[]; quizzes: readonly Quiz[]; rules: Rules }

export function OneRule({ courseId, module: m, modules, quizzes, rules }: Props) {
  const { say } = useBankWords()
  const ruled = useRuled(modules, quizzes)
  const [isOpen, setOpen] = useState(false)
  const was = useRef(false)
  useEffect(() => { if (was.current && !isOpen) document.getElementById(`rule-${m.no}`)?.focus(); was.current = isOpen }, [isOpen, m.no])
  const of = rules.there?.find((r) => r.moduleNo === m.no)
  if (!of) return rules.wrong ? null : <p className="small quiet rule-of">{say('bk.rule.wait')}</p>
  return (
    <div className="rule-of">
      <p className="rule-says">{of.rule && <Icon of="lock" className="small" />}<span className="grow">{of.rule ? say('bk.rule.opens', { when: ruled(of.rule) }) : say(m.no === 1 ? 'bk.rule.first' : 'bk.rule.none')}</span>
        <Button id={`rule-${m.no}`} look="text" slim aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{say(isOpen ? 'list.close' : of.rule ? 'bk.rule.change' : 'bk.rule.set')}<span className="sr"> {m.title}</span></Button></p>
      {isOpen && <RuleForm courseId={courseId} module={m} modules={modules} quizzes={quizzes} rules={rules} of={of} onClose={() => setOpen(false)} />}
    </div>
  )
}
