// Coming in, all at once. Each measures how long it waits, from opening its line until it stands in the class, and keeps
// what it was answered, to be read when nothing is measured any more.
import { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { nowMs } from './answering.ts'
import { Line } from './line.ts'

export type Manner = 'lectern' | 'joined' | 'colyseus'
/** `token` is what each of them is let in by. */
export type Guest = { token: string; [more: string]: unknown }
export type Came = { waited: number; answer: string; close(): Promise<void> }
type In = Omit<Came, 'waited'>

/** All come in; `asks`: what each says to be let into the class. */
export const arrive = (url: string, manner: Manner, guests: readonly Guest[], asks: readonly object[]): Promise<Came[]> =>
  Promise.all(guests.map(async (guest, i) => {
    const began = nowMs()
    const came = await MANNERS[manner](url, guest, asks[i] as object)
    return { ...came, waited: nowMs() - began }
  }))

const MANNERS: Record<Manner, (url: string, guest: Guest, asks: object) => Promise<In>> = {
  async lectern(url, guest, asks) {
    const line = await Line.open(url, 'socket.io', guest)
    return { answer: await new Promise((resolve) => line.sendUnread('cohort:join', asks, resolve)), close: line.close }
  },

  /** Says nothing; the server tells `joined` by itself. */
  async joined(url, guest) {
    let heard: (data: Buffer) => void = () => {}
    const joined = new Promise<Buffer>((resolve) => { heard = resolve })
    const { close } = await Line.open(url, 'socket.io', guest, heard)
    return { answer: (await joined).toString(), close }
  },

  /** Takes a seat over HTTP, connects with it, says that it is ready, and is sent the whole state. */
  async colyseus(url, { token }) {
    const { origin, pathname } = new URL(url)
    const { room, sessionId } = JSON.parse(await post(origin, `/matchmake/joinById${pathname}`, token))
    const ws = new WebSocket(`${origin.replace('http', 'ws')}/${room.processId}/${room.roomId}?sessionId=${sessionId}`, { perMessageDeflate: false, skipUTF8Validation: true })
    const state = await new Promise<Buffer>((resolve, reject) => {
      ws.once('error', reject)
      ws.once('close', () => reject(new Error('closed at the door')))
      ws.on('message', (data: Buffer) => {
        if (data[0] === JOIN_ROOM) ws.send(READY)
        else if (data[0] === ROOM_STATE) resolve(data)
      })
    })
    return {
      answer: `${state.length} bytes`,
      close: () => new Promise((resolve) => {
        ws.once('close', () => resolve())
        ws.terminate()
      }),
    }
  },
}

// Of Colyseus' protocol: the first byte of a message.
const JOIN_ROOM = 10
const ROOM_STATE = 14
const READY = Buffer.from([JOIN_ROOM])

/** A call by hand, on a connection of its own, as each client has one; the answer is the JSON in what came. */
function post(url: string, path: string, token: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const line = new Socket().setNoDelay(true).on('error', reject)
    let text = ''
    line.setEncoding('latin1').on('data', (more) => {
      text += more
      if (!text.endsWith('\r\n0\r\n\r\n')) return
      line.end()
      const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
      if (text.startsWith('HTTP/1.1 200') && json.includes('sessionId')) resolve(json)
      else reject(new Error(text))
    })
    line.connect(Number(port), hostname, () => line.write(`POST ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}`))
  })
}
