// One client as cheap as it can be, so that the load never is what is measured: the wire of socket.io, or none, by hand.
import { WebSocket } from 'ws'

export type Kind = 'socket.io' | 'raw'

export class Line {
  /** Hears every event that is not an ack, as it came. */
  hear: (data: Buffer) => void = () => {}
  private acks = new Map<number, (text: string) => void>()
  private last = 0
  private readonly ws: WebSocket
  private constructor(ws: WebSocket) {
    this.ws = ws
  }

  /** Opens a line; resolves when it is let in. `hear` hears from the first event on. */
  static async open(url: string, kind: Kind, auth: object, hear?: (data: Buffer) => void): Promise<Line> {
    const address = `${url.replace('http', 'ws')}${kind === 'raw' ? '/' : '/socket.io/?EIO=4&transport=websocket'}`
    const line = new Line(new WebSocket(address, { perMessageDeflate: false, skipUTF8Validation: true }))
    if (hear) line.hear = hear
    await new Promise<void>((resolve, reject) => {
      line.ws.once('error', reject)
      line.ws.once('close', () => reject(new Error('closed at the door')))
      if (kind === 'raw') {
        line.ws.once('open', resolve)
        line.ws.on('message', (data: Buffer) => line.hear(data))
      } else line.ws.on('message', (data: Buffer) => line.took(data, auth, resolve, reject))
    })
    line.ws.removeAllListeners('close')
    return line
  }

  // First comes the kind of engine.io: 0 open, 2 ping, 4 message; in a message that of socket.io: 0 connected, 2 event, 3 ack, 4 refused.
  private took(data: Buffer, auth: object, came: () => void, refused: (e: Error) => void) {
    const [engine, socket] = data as unknown as [number, number]
    if (engine === 0x34 && socket === 0x32) return this.hear(data)
    if (engine === 0x34 && socket === 0x33) return this.acked(data.toString())
    if (engine === 0x30) return this.ws.send(`40${JSON.stringify(auth)}`)
    if (engine === 0x32) return this.ws.send('3')
    if (engine === 0x34 && socket === 0x30) return came()
    if (engine === 0x34 && socket === 0x34) refused(new Error(data.toString()))
  }

  private acked(text: string) {
    const from = text.indexOf('[')
    const id = Number(text.slice(2, from))
    const then = this.acks.get(id)
    this.acks.delete(id)
    then?.(text.slice(from))
  }

  /** Sends a command; `then` is told its outcome as it came, in brackets: reading it is left to who has the time. */
  sendUnread(name: string, payload: object, then: (text: string) => void): void {
    this.acks.set(++this.last, then)
    this.ws.send(`42${this.last}${JSON.stringify([name, payload])}`)
  }

  /** Sends a command; `then` is told its outcome. */
  send = (name: string, payload: object, then: (outcome: any) => void): void => this.sendUnread(name, payload, (text) => then(JSON.parse(text)[0]))

  /** Sends a command that must succeed. */
  asks = (name: string, payload: object) => new Promise<any>((resolve, reject) => {
    this.send(name, payload, (o) => (o.ok ? resolve(o.data) : reject(new Error(`${name}: ${JSON.stringify(o.error)}`))))
  })

  /** Resolves once the line is gone. */
  close = () => new Promise<void>((resolve) => {
    this.ws.once('close', () => resolve())
    this.ws.terminate()
  })
}
