// What is told of questions, and what is only counted: nothing that fewer than k people asked, and nothing that says who. Pure.
import type { Cluster } from './contract.ts'

export type Asked = {
  messageId: string; userId: string; text: string; at: Date
  grounded: boolean | null; helpful: boolean | null
  topic: { topicId: string; topicName: string; moduleNo: number } | null
}

const EXAMPLES = 3
const EXAMPLE = 240

/** A question without what could say who asked it: addresses, names after an @, links, numbers as long as a telephone's. */
export const nameless = (text: string): string => text.replace(/https?:\/\/\S+/gi, '…').replace(/[^\s@<>(),;]+@[^\s@<>(),;]+/g, '…').replace(/(?<!\p{L})@\p{L}[\p{L}\p{N}._-]*/gu, '…').replace(/\+?\d[\d\s().-]{5,}\d/g, '…').replace(/\s+/g, ' ').trim().slice(0, EXAMPLE).toWellFormed()

/** Counts are told in steps of k: otherwise whoever looks before and after somebody asked sees what it was. */
const steps = (n: number, k: number) => n - (n % k)
const askersIn = (list: readonly Asked[]) => new Set(list.map((a) => a.userId)).size

/** By topic: those that enough people asked about, the most asked first. `kept`: questions about the others. */
export function byTopic(list: readonly Asked[], k: number) {
  const all = new Map<string, Asked[]>()
  for (const a of list) if (a.topic) all.set(a.topic.topicId, [...(all.get(a.topic.topicId) ?? []), a])
  const enough = [...all.values()].filter((l) => askersIn(l) >= k)
  const topics = enough.map((l) => ({
    ...(l[0] as Asked & { topic: NonNullable<Asked['topic']> }).topic, asked: steps(l.length, k), askers: steps(askersIn(l), k),
    ungrounded: steps(l.filter((a) => a.grounded === false).length, k), yes: steps(l.filter((a) => a.helpful === true).length, k), no: steps(l.filter((a) => a.helpful === false).length, k),
  })).sort((a, b) => b.asked - a.asked || (a.topicId < b.topicId ? -1 : 1))
  return { topics, kept: list.length - enough.reduce((n, l) => n + l.length, 0) }
}

/** The groups of questions that enough people asked, as they are told: by word for word examples of different people. */
export function told(groups: readonly { ids: string[]; name: string }[], list: readonly Asked[], k: number): Cluster[] {
  const by = new Map(list.map((a) => [a.messageId, a]))
  return groups.flatMap(({ ids }) => {
    const members = ids.flatMap((id) => by.get(id) ?? [])
    if (askersIn(members) < k) return []
    const firsts = members.filter((a, i) => members.findIndex((o) => o.userId === a.userId) === i)
    const examples = [...new Set(firsts.map((a) => nameless(a.text)))].slice(0, EXAMPLES)
    const topics = byTopic(members, 1).topics
    return [{
      clusterId: [...ids].sort()[0] as string, label: (examples[0] ?? '').slice(0, 120), asked: steps(members.length, k), askers: steps(askersIn(members), k), grounded: steps(members.filter((a) => a.grounded === true).length, k), examples,
      topic: topics[0] ? { topicId: topics[0].topicId, topicName: topics[0].topicName, moduleNo: topics[0].moduleNo } : null, lastAt: new Date(Math.max(...members.map((a) => a.at.getTime()))).toISOString(),
    }]
  }).sort((a, b) => b.askers - a.askers || b.asked - a.asked || (a.clusterId < b.clusterId ? -1 : 1))
}
