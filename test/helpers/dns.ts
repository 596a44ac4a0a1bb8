// A name server on loopback (RFC 1035), as much of it as TXT records need.
import { createSocket, type Socket } from 'node:dgram'
import type { AddressInfo } from 'node:net'

export class NameServer {
  readonly records = new Map<string, string[]>()
  /** Does not answer. */
  silent = false
  #socket: Socket | undefined

  static async opens(): Promise<NameServer> {
    const dns = new NameServer()
    const socket = createSocket('udp4')
    socket.on('message', (asked, from) => { if (!dns.silent) socket.send(dns.#answer(asked), from.port, from.address) })
    await new Promise<void>((done) => socket.bind(0, '127.0.0.1', done))
    dns.#socket = socket
    return dns
  }

  get address(): string { return `127.0.0.1:${((this.#socket as Socket).address() as AddressInfo).port}` }
  says({ name, value }: { name: string; value: string }): void { this.records.set(name.toLowerCase(), [...(this.records.get(name.toLowerCase()) ?? []), value]) }
  ends(): void { this.#socket?.close() }

  #answer(asked: Buffer): Buffer {
    const labels: string[] = []
    let at = 12
    while (asked[at]) {
      labels.push(asked.toString('ascii', at + 1, at + 1 + (asked[at] as number)))
      at += 1 + (asked[at] as number)
    }
    const found = this.records.get(labels.join('.').toLowerCase()) ?? []
    const head = Buffer.from(asked.subarray(0, 12))
    head.writeUInt16BE(found.length > 0 ? 0x8580 : 0x8583, 2)
    head.writeUInt16BE(found.length, 6)
    head.writeUInt16BE(0, 10)
    const answers = found.map((text) => {
      const bytes = Buffer.from(text)
      return Buffer.concat([Buffer.from([0xc0, 0x0c, 0, 16, 0, 1, 0, 0, 0, 1, 0, bytes.length + 1, bytes.length]), bytes])
    })
    return Buffer.concat([head, asked.subarray(12, at + 5), ...answers])
  }
}
