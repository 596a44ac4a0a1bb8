// The class's clock: deadlines are the server's, so what is left of them is counted on its clock, not on this one.

let ahead = 0

/** Learns how far the server's clock is ahead: it said `now` somewhere between our `asked` and `answered`. */
export function setClock(now: string, asked: number, answered: number): void {
  ahead = Date.parse(now) - (asked + answered) / 2
}

/** The server's time in milliseconds since 1970. */
export const serverNow = (): number => Date.now() + ahead
