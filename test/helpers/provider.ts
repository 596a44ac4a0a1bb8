// A real OpenID Connect provider in the test's own process (oidc-provider), with PKCE required, at an address of its own. It can go
// away, come back, and change its keys. And somebody who goes through its pages over HTTP as a browser does.
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import { Provider } from 'oidc-provider'
import { freePort } from './process.ts'

export type Account = { sub: string; email?: string; email_verified?: boolean; name?: string }
type Handler = ReturnType<Provider['callback']>
let keys = 0

export class TestProvider {
  readonly issuer: string
  readonly client = { id: 'Lectern-Client', secret: 'a secret of the Client, kept' }
  readonly accounts = new Map<string, Account>()
  readonly #port: number
  readonly #back: string[] = []
  #server: Server | undefined
  #handler: Handler | undefined
  private constructor(port: number, path: string) {
    this.#port = port
    this.issuer = `http://127.0.0.1:${port}${path}`
  }

  /** `backs`: where it may send people back to. */
  static async opens(...backs: string[]): Promise<TestProvider> {
    const provider = new TestProvider(await freePort(), '')
    provider.#back.push(...backs)
    provider.changesKeys()
    await provider.comes()
    return provider
  }

  /** One more place that people are sent back to. */
  sendsBackTo(url: string): this {
    this.#back.push(url)
    this.changesKeys()
    return this
  }

  has(login: string, account: Omit<Account, 'sub'> & { sub?: string } = {}): this {
    this.accounts.set(login, { sub: login, email: `${login}@school.test`, email_verified: true, name: login[0]?.toUpperCase() + login.slice(1), ...account })
    return this
  }

  /** From now on everything is signed with another key; sign-ins that are under way are forgotten. */
  changesKeys(): void {
    const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }) as JsonWebKey
    const { warn, info } = console
    console.warn = console.info = () => {}
    const made = new Provider(this.issuer, {
      clients: [{ client_id: this.client.id, client_secret: this.client.secret, redirect_uris: [...this.#back], grant_types: ['authorization_code'], response_types: ['code'] }],
      findAccount: (_, login) => {
        const account = this.accounts.get(login)
        return account ? { accountId: login, claims: async () => ({ ...account }) } : undefined
      },
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      pkce: { required: () => true },
      jwks: { keys: [{ ...jwk, use: 'sig', alg: 'RS256', kid: `key ${++keys}` }] as never },
      cookies: { keys: ['of the test'] },
      features: { devInteractions: { enabled: true } },
      ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
    })
    console.warn = warn
    console.info = info
    this.#handler = made.callback()
  }

  async comes(): Promise<void> {
    const server = createServer((request, reply) => {
      const quiet = console.warn
      console.warn = () => {}
      void Promise.resolve(this.#handler?.(request, reply)).finally(() => { console.warn = quiet })
    })
    await new Promise<void>((done) => server.listen(this.#port, '127.0.0.1', done))
    this.#server = server
  }

  goes(): Promise<void> {
    this.#server?.closeAllConnections()
    return new Promise((done) => (this.#server ? this.#server.close(() => done()) : done()))
  }
}

/** Goes through the provider's pages; resolves with what the page that one comes back to finds in its address. */
export async function goesThrough(url: string, login: string, does: 'consents' | 'cancels' = 'consents'): Promise<Record<string, string>> {
  const jar = new Map<string, string>()
  const ask = async (at: string, body?: Record<string, string>) => {
    const reply = await fetch(at, {
      redirect: 'manual', method: body ? 'POST' : 'GET',
      headers: { cookie: [...jar].map(([k, v]) => `${k}=${v}`).join('; '), ...(body && { 'content-type': 'application/x-www-form-urlencoded' }) },
      ...(body && { body: new URLSearchParams(body) }),
    })
    for (const line of reply.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (name) jar.set(name, value ?? '')
    }
    return reply
  }
  const home = new URL(url).origin
  let reply = await ask(url)
  for (let i = 0; i < 15; i++) {
    const to = reply.headers.get('location')
    if (to) {
      const next = new URL(to, home)
      if (next.origin !== home || next.pathname.endsWith('/sign-in/back')) return Object.fromEntries(next.searchParams)
      reply = await ask(next.href)
      continue
    }
    const page = await reply.text()
    if (reply.status >= 400) throw new Error(`the provider said ${reply.status}: ${page.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 400)}`)
    const action = new URL(/action="([^"]+)"/.exec(page)?.[1] as string, home).href
    const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1] as string
    reply = does === 'cancels' ? await ask(`${action}/abort`) : await ask(action, prompt === 'login' ? { prompt, login, password: 'x' } : { prompt })
  }
  throw new Error('the provider sent one round and round')
}
