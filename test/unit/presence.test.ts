// Who is here: people, not sockets; learners count, a screen is nobody.
import { expect, test } from 'vitest'
import { type Here, openPresence } from '#kernel/presence'

const ada: Here = { userId: 'ada', memberId: 'm-ada', role: 'learner' }
const ben: Here = { userId: 'ben', memberId: 'm-ben', role: 'learner' }
const ruth: Here = { userId: 'ruth', memberId: null, role: 'instructor' }
const opened = () => {
  const told: string[] = []
  return { told, presence: openPresence((cohortId, who, here) => told.push(`${cohortId} ${who.userId} ${here ? 'came' : 'went'}`)) }
}

test('[CO12] two devices are one person; who closes one is still here', () => {
  const { presence, told } = opened()
  presence.came('c', ada)
  presence.came('c', ada)
  expect(presence.online('c')).toBe(1)
  presence.went('c', 'ada')
  expect(presence.online('c')).toBe(1)
  presence.went('c', 'ada')
  expect(presence.online('c')).toBe(0)
  presence.went('c', 'ada')
  expect(told).toEqual(['c ada came', 'c ada went'])
})

test('[CO12] only learners count, and each class for itself', () => {
  const { presence } = opened()
  for (const who of [ada, ben, ruth, { ...ruth, role: 'screen' as const }]) presence.came('c', who)
  presence.came('d', ada)
  expect(presence.learners('c').map((l) => l.memberId).sort()).toEqual(['m-ada', 'm-ben'])
  expect(presence.online('d')).toBe(1)
  expect(presence.online('e')).toBe(0)
  presence.went('c', 'ada')
  expect(presence.online('c')).toBe(1)
  expect(presence.online('d')).toBe(1)
})

test('[CO12] who comes back as something else is that', () => {
  const { presence, told } = opened()
  presence.came('c', ada)
  presence.came('c', { ...ada, role: 'observer' })
  expect(presence.online('c')).toBe(0)
  expect(told).toHaveLength(2)
})
