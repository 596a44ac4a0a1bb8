// A mail server in the test's own process: real SMTP on a port of its own. It keeps what it took, and can be told to
// refuse, to go away and to come back.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

export type Mail = { to: string[]; raw: string; headers: Record<string, string>; text: string; link: string; token: string }

export class MailServer {
  readonly mails: Mail[] = []
  /** What it says to a recipient instead of yes. */
  refuses: ((to: string) => { code: number; says: string } | undefined) | undefined
  /** Takes the mail and hangs up before it says so. */
  hangsUp = 0
  readonly users: string[] = []
  #server: SMTPServer | undefined
  #port = 0
  #waiting: (() => void)[] = []

  static async opens(): Promise<MailServer> {
    const mail = new MailServer()
    await mail.comes()
    return mail
  }

  get url(): string { return `smtp://lectern:s%40cret@127.0.0.1:${this.#port}` }

  async comes(): Promise<void> {
    const server = new SMTPServer({
      hideSTARTTLS: true, allowInsecureAuth: true, logger: false,
      onAuth: ({ username, password }, _, done) => {
        this.users.push(`${username}:${password}`)
        done(password === 's@cret' ? null : new Error('wrong password'), { user: username })
      },
      onRcptTo: ({ address }, _, done) => {
        const no = this.refuses?.(address)
        done(no ? Object.assign(new Error(no.says), { responseCode: no.code }) : null)
      },
      onData: (stream, session, done) => {
        const chunks: Buffer[] = []
        stream.on('data', (chunk: Buffer) => chunks.push(chunk))
        stream.on('end', () => {
          this.mails.push(read(session.envelope.rcptTo.map((r) => r.address), Buffer.concat(chunks).toString()))
          for (const wake of this.#waiting.splice(0)) wake()
          if (this.hangsUp-- > 0) for (const line of (server as unknown as { connections: Set<{ _socket: { destroy(): void } }> }).connections) line._socket.destroy()
          else done()
        })
      },
    })
    server.on('error', () => {})
    server.listen(this.#port, '127.0.0.1')
    await once(server.server, 'listening')
    this.#port = (server.server.address() as AddressInfo).port
    this.#server = server
  }

  goes(): Promise<void> {
    return new Promise((done) => (this.#server as SMTPServer).close(() => done()))
  }

  /** Waits until so many mails came to this address; resolves with the last of them. */
  async brings(to: string, n = 1, within = 15_000): Promise<Mail> {
    const end = Date.now() + within
    for (;;) {
      const found = this.to(to)
      if (found.length >= n) return found[n - 1] as Mail
      const left = end - Date.now()
      if (left <= 0) throw new Error(`mail ${n} to ${to} did not come; there are ${this.mails.map((m) => m.to.join()).join(', ') || 'none'}`)
      await new Promise<void>((wake) => {
        const timer = setTimeout(wake, left)
        this.#waiting.push(() => { clearTimeout(timer); wake() })
      })
    }
  }

  to(address: string): Mail[] { return this.mails.filter((m) => m.to.includes(address)) }
}

function read(to: string[], raw: string): Mail {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ')
  const headers = Object.fromEntries(head.split('\r\n').map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]))
  const text = raw.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const link = /https?:\/\/\S+\/sign-in#[^\s"<]+/.exec(text)?.[0] ?? ''
  return { to, raw, headers, text, link, token: /#([\w-]+)\//.exec(link)?.[1] ?? '' }
}
