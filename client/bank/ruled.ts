// How a rule is said: the sentence behind “Opens when”, in the reader's own language.
import { useIntl } from 'react-intl'
import { inWords, type Leaf, type Rule } from './rule.ts'
import type { Module, Quiz } from './wire.ts'
import { useBankWords } from './words.tsx'

export function useRuled(modules: readonly Module[], quizzes: readonly Quiz[]): (rule: Rule) => string {
  const { say } = useBankWords()
  const intl = useIntl()
  const topic = (id: string) => modules.flatMap((m) => m.topics).find((t) => t.topicId === id)?.topicName ?? say('bk.rule.gone')
  const quiz = (id: string) => quizzes.find((q) => q.quizId === id)?.title ?? say('bk.rule.gone')
  const leaf = (l: Leaf): string => {
    if ('topicRead' in l) return say('bk.rule.says.topicRead', { name: topic(l.topicRead) })
    if ('quizPassed' in l) return say('bk.rule.says.quizPassed', { name: quiz(l.quizPassed) })
    if ('quizScore' in l) return say('bk.rule.says.quizScore', { name: quiz(l.quizScore), n: l.atLeast })
    if ('from' in l) return say('bk.rule.says.from', { when: intl.formatDate(new Date(l.from), { dateStyle: 'long', timeStyle: 'short' }) })
    if ('daysAfterStart' in l) return say('bk.rule.says.daysAfterStart', { n: l.daysAfterStart })
    return 'sessionsHeld' in l ? say('bk.rule.says.sessionsHeld', { n: l.sessionsHeld }) : say('bk.rule.says.byHand')
  }
  return (rule) => inWords(rule, {
    leaf, not: (text) => say('bk.rule.says.not', { text }), within: (text) => say('bk.rule.says.within', { text }),
    list: (texts, join) => new Intl.ListFormat(intl.locale, { type: join === 'all' ? 'conjunction' : 'disjunction' }).format(texts),
  })
}
