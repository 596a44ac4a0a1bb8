// Watching: sockets that hear what is no stream: a picture that a room keeps for whoever looks at it. Nothing of it is stored; who
// was out of it for a while is told something that makes them ask anew, and who may look no more hears nothing more.
import type { Seat } from './classes.ts'
import type { Told } from './contract.ts'

/** One socket's look at one picture. */
export type Watch = {
  /** Which picture: the audience that its sockets are in. */
  room: string
  cohortId: string
  /** Whether whoever watches may still look. */
  may(): Promise<boolean>
  /** What makes a socket that missed something ask anew. */
  again(): Told[]
  /** It is over: left, gone, or not allowed any more. Told once. */
  over(): void
}

export type Watching = ReturnType<typeof openWatching>

/** `tell` reaches the sockets here that are in a room. */
export function openWatching(tell: (room: string, told: Told) => void) {
  const all = new Map<Seat, Map<string, Watch>>()

  function end(seat: Seat, room: string) {
    const mine = all.get(seat)
    const watch = mine?.get(room)
    if (!mine || !watch) return
    mine.delete(room)
    if (mine.size === 0) all.delete(seat)
    seat.leave([room])
    watch.over()
  }

  /** Out at once, and in again once it is known that they may: nothing is heard in doubt. Who cannot be looked up asks anew. */
  async function lookAgain(seat: Seat, watch: Watch) {
    seat.leave([watch.room])
    const may = await watch.may().catch(() => null)
    if (all.get(seat)?.get(watch.room) !== watch) return
    if (may) seat.enter([watch.room])
    else end(seat, watch.room)
    if (may !== false) seat.send(watch.again())
  }

  return {
    tell, end,
    /** This socket hears what is told to the room from here on. A second watch of the same room takes the place of the first. */
    begin(seat: Seat, watch: Watch) {
      if (seat.gone) return watch.over()
      const mine = all.get(seat) ?? new Map<string, Watch>()
      all.set(seat, mine.set(watch.room, watch))
      seat.enter([watch.room])
    },
    /** The rooms that this socket watches. */
    rooms: (seat: Seat): string[] => [...(all.get(seat)?.keys() ?? [])],
    /** This socket watches nothing any more. */
    left(seat: Seat) {
      for (const room of [...(all.get(seat)?.keys() ?? [])]) end(seat, room)
    },
    /** Somebody may do less, in one class or anywhere: whatever they watch there is looked at again. */
    doubt(userId: string, cohortId?: string) {
      for (const [seat, mine] of [...all]) {
        if (seat.userId !== userId) continue
        for (const watch of [...mine.values()]) if (cohortId === undefined || watch.cohortId === cohortId) void lookAgain(seat, watch)
      }
    },
    /** This socket did not hear what was told lately. */
    missed(seat: Seat) {
      for (const watch of all.get(seat)?.values() ?? []) seat.send(watch.again())
    },
  }
}
