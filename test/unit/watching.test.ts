// Sockets that hear what is no stream: who watches hears, who may no more does not, and who missed something is told to ask anew.
import { expect, test } from 'vitest'
import type { Seat } from '#kernel/classes'
import type { Told } from '#kernel/contract'
import { openWatching } from '#kernel/watching'

const told = (text: string): Told => ['test:told', { at: '', body: text }]
const AGAIN = told('again')

function aRoom() {
  const inside = new Map<string, Set<Somebody>>()
  class Somebody implements Seat {
    readonly joined = new Map()
    readonly ears: unknown[] = []
    follows = false
    gone = false
    readonly userId: string
    constructor(userId: string) {
      this.userId = userId
    }
    enter(rooms: string[]) {
      for (const r of rooms) inside.set(r, (inside.get(r) ?? new Set()).add(this))
    }
    leave(rooms: string[]) {
      for (const r of rooms) inside.get(r)?.delete(this)
    }
    send(list: Told[]) {
      this.ears.push(...list.map(([, f]) => f.body))
    }
  }
  const watching = openWatching((room, t) => { for (const s of inside.get(room) ?? []) s.send([t]) })
  const ends: string[] = []
  const watches = (seat: Somebody, room: string, may: () => Promise<boolean> = async () => true, cohortId = 'c') =>
    watching.begin(seat, { room, cohortId, may, again: () => [AGAIN], over: () => void ends.push(`${seat.userId} ${room}`) })
  return { watching, watches, ends, somebody: (userId: string) => new Somebody(userId) }
}
const settled = () => new Promise((done) => setImmediate(done))

test('[HU29] who watches hears what is told to the picture, who watches another or no more does not', () => {
  const { watching, watches, ends, somebody } = aRoom()
  const [ada, ben] = [somebody('ada'), somebody('ben')]
  watches(ada, 'one')
  watches(ben, 'two')
  watches(ada, 'one') // once more is once
  watching.tell('one', told('a'))
  expect([ada.ears, ben.ears]).toEqual([['a'], []])
  expect(watching.rooms(ada)).toEqual(['one'])
  watching.left(ada)
  watching.tell('one', told('b'))
  expect([ada.ears, ends]).toEqual([['a'], ['ada one']])
  watching.left(ada)
  expect(ends).toEqual(['ada one'])
})

test('[HU29] whose line went while they came in watches nothing', () => {
  const { watching, watches, ends, somebody } = aRoom()
  const ada = Object.assign(somebody('ada'), { gone: true })
  watches(ada, 'one')
  watching.tell('one', told('a'))
  expect([ada.ears, ends, watching.rooms(ada)]).toEqual([[], ['ada one'], []])
})

test('[HU29] in doubt nothing is heard; who still may goes on and asks anew, who may not hears nothing more', async () => {
  const { watching, watches, ends, somebody } = aRoom()
  let answer = (_: boolean) => {}
  const may = () => new Promise<boolean>((done) => { answer = done })
  const ada = somebody('ada')
  watches(ada, 'one', may)
  watching.doubt('ben')
  watching.doubt('ada', 'elsewhere')
  watching.tell('one', told('a'))
  watching.doubt('ada', 'c')
  watching.tell('one', told('b'))
  expect(ada.ears).toEqual(['a'])
  answer(true)
  await settled()
  watching.tell('one', told('c'))
  expect(ada.ears).toEqual(['a', 'again', 'c'])
  watching.doubt('ada')
  answer(false)
  await settled()
  watching.tell('one', told('d'))
  expect([ada.ears, ends]).toEqual([['a', 'again', 'c'], ['ada one']])
})

test('[HU29] who cannot be looked up is put out, and asks anew', async () => {
  const { watching, watches, ends, somebody } = aRoom()
  const ada = somebody('ada')
  watches(ada, 'one', async () => { throw new Error('the database is away') })
  watching.doubt('ada', 'c')
  await settled()
  watching.tell('one', told('a'))
  expect([ada.ears, ends]).toEqual([['again'], ['ada one']])
})
