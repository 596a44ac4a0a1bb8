// Settings: from the environment, all optional, each checked at start. A wrong one stops the start and is named.
import { isIP } from 'node:net'
import { type RedisAddress, redisAddress } from './address.ts'

/** A service that speaks as OpenAI's does, and which of its models is asked. */
export type Endpoint = { baseUrl: string; apiKey: string | undefined; model: string }

/** A bucket of an S3-compatible service. `endpoint` is its address, the bucket in the path. */
export type Bucket = { endpoint: string; accessKeyId: string; secretAccessKey: string; region: string }

export type Config = {
  production: boolean
  port: number
  host: string
  publicUrl: string
  dataDir: string
  databaseUrl: string | undefined
  redis: RedisAddress | undefined
  jwtSecrets: string[]
  authDev: boolean
  /** The mail server; undefined where links are written to the log, or nobody signs in by e-mail. */
  smtpUrl: string | undefined
  mailFrom: string
  /** Whether one can sign in by e-mail: there is a mail server, or this is no production and the log will do. */
  email: boolean
  /** The OpenID Connect provider that everybody here may sign in with; who set it trusts it for every e-mail that it has verified. */
  oidc: { issuer: string; clientId: string; clientSecret: string; name: string } | undefined
  /** The name servers that are asked whether a domain is an organisation's; none: the machine's own. */
  dnsServers: string[]
  /** The bucket where files are kept; undefined: in `uploads` of the data directory. */
  s3: Bucket | undefined
  /** The most that one file may have, bytes. */
  fileMost: number
  /** Who answers for the tutor; undefined: it answers in the words of the course. */
  tutor: Endpoint | undefined
  /** What says which texts mean the same: the model that comes with Lectern, an endpoint, or nothing. */
  embeddings: 'embedded' | 'none' | Endpoint
  allowedOrigins: string[]
  allowPolling: boolean
  logLevel: string
  demo: boolean
}

/** Why a start failed, in a sentence that helps the person who started it. */
export class CannotStart extends Error {
  constructor(why: string, cause?: unknown) {
    super(`Lectern cannot start: ${why}`, { cause })
    this.name = 'CannotStart'
  }
}

/** Every setting that is wrong, each in a sentence. */
export class WrongSettings extends CannotStart {
  readonly sentences: string[]
  constructor(sentences: string[]) {
    super(`\n${sentences.map((s) => `  - ${s}`).join('\n')}`)
    this.name = 'WrongSettings'
    this.sentences = sentences
  }
}

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Reads the settings. Throws `WrongSettings` with one sentence for each that is wrong. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const wrong: string[] = []
  const text = (name: string) => env[name]?.trim() || undefined
  const yes = (name: string, otherwise: boolean) => {
    const v = text(name)
    if (v === undefined) return otherwise
    if (v !== 'true' && v !== 'false') wrong.push(`${name} is "${v}"; say true or false.`)
    return v === 'true'
  }
  const url = (name: string, protocols: string[], v = text(name)) => {
    if (v === undefined) return undefined
    if (!URL.canParse(v) || !protocols.includes(new URL(v).protocol)) wrong.push(`${name} is not a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`)
    return v
  }

  const production = text('NODE_ENV') === 'production'
  const port = Number(text('PORT') ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535) wrong.push(`PORT is "${text('PORT')}"; it takes a number from 0 to 65535.`)
  const host = text('HOST') ?? '127.0.0.1'
  if (!isIP(host) && !/^[a-z0-9.-]+$/i.test(host)) wrong.push(`HOST is "${host}"; it takes an address or a host name.`)
  const publicUrl = url('PUBLIC_URL', ['http:', 'https:']) ?? `http://${isIP(host) === 6 ? `[${host}]` : host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:'])
  let redis: RedisAddress | undefined
  try {
    const said = text('REDIS_URL')
    if (said) redis = redisAddress(said)
  } catch (error) {
    wrong.push(`REDIS_URL cannot be read: ${(error as Error).message}.`)
  }
  if (redis && !databaseUrl) wrong.push('REDIS_URL is set, but DATABASE_URL is not: several machines need one PostgreSQL database between them. Set it, or leave REDIS_URL out.')
  const jwtSecrets = (text('JWT_SECRET') ?? '').split(',').map((s) => s.trim()).filter(Boolean)
  if (jwtSecrets.some((s) => s.length < 32)) wrong.push('JWT_SECRET has a secret of fewer than 32 characters; make one with: openssl rand -base64 48')
  if (production && jwtSecrets.length === 0) wrong.push('JWT_SECRET is missing; production needs one: openssl rand -base64 48')
  const authDev = yes('AUTH_DEV', false)
  if (production && authDev) wrong.push('AUTH_DEV is true in production; anybody could sign in as anybody. Leave it out.')
  const smtpUrl = url('SMTP_URL', ['smtp:', 'smtps:'])
  if (smtpUrl && URL.canParse(smtpUrl) && !new URL(smtpUrl).hostname) wrong.push('SMTP_URL names no mail server; it looks like smtps://user:password@mail.example.org.')
  const mailFrom = text('MAIL_FROM') ?? `Lectern <lectern@${mailHost(publicUrl)}>`
  if (!/^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/.test(mailFrom)) wrong.push('MAIL_FROM is no sender; it looks like lectern@example.org or Lectern <lectern@example.org>.')
  const oidc = readProvider(text, production, wrong)
  const dnsServers = (text('DNS_SERVERS') ?? '').split(',').map((s) => s.trim()).filter(Boolean)
  for (const d of dnsServers) if (!isIP(d.replace(/^\[(.+)\](?::\d+)?$/, '$1').replace(/^([\d.]+):\d{1,5}$/, '$1'))) wrong.push(`DNS_SERVERS has "${d}"; a name server looks like 9.9.9.9, 9.9.9.9:53 or [2620:fe::fe]:53.`)
  const allowedOrigins = (text('ALLOWED_ORIGINS') ?? '').split(',').map((s) => s.trim()).filter(Boolean)
  for (const o of allowedOrigins) if (!URL.canParse(o) || new URL(o).origin !== o) wrong.push(`ALLOWED_ORIGINS has "${o}"; an origin looks like https://class.example.org, without a path.`)
  const { tutor, embeddings } = readEndpoints(text, url, wrong)
  const s3 = readBucket(text('FILES_S3_URL'), wrong)
  const mostMb = Number(text('FILES_MOST_MB') ?? 100)
  if (!Number.isInteger(mostMb) || mostMb < 1 || mostMb > 5_000) wrong.push(`FILES_MOST_MB is "${text('FILES_MOST_MB')}"; it takes a number from 1 to 5000.`)
  const logLevel = text('LOG_LEVEL') ?? 'info'
  if (!LEVELS.includes(logLevel)) wrong.push(`LOG_LEVEL is "${logLevel}"; it takes one of ${LEVELS.join(', ')}.`)

  const config: Config = {
    production, port, host, publicUrl: publicUrl.replace(/\/+$/, ''), dataDir: text('DATA_DIR') ?? '.data', databaseUrl, redis, jwtSecrets, authDev,
    smtpUrl, mailFrom, email: smtpUrl !== undefined || !production, oidc, dnsServers, s3, fileMost: mostMb * 1024 * 1024, tutor, embeddings,
    allowedOrigins, allowPolling: yes('ALLOW_POLLING', redis === undefined), logLevel, demo: yes('DEMO', true),
  }
  if (wrong.length > 0) throw new WrongSettings(wrong)
  return config
}

/** Who answers, and what compares meanings. A key alone sets nothing up: many machines have one for other programs. */
function readEndpoints(text: (name: string) => string | undefined, url: (name: string, protocols: string[]) => string | undefined, wrong: string[]): Pick<Config, 'tutor' | 'embeddings'> {
  const key = text('OPENAI_API_KEY')
  const [base, model] = [url('OPENAI_BASE_URL', ['http:', 'https:']), text('TUTOR_MODEL')]
  if (base && !model) wrong.push('TUTOR_MODEL is missing: OPENAI_BASE_URL says where the tutor\'s model is, and this which one it is.')
  if (model && !base && !key) wrong.push('TUTOR_MODEL is set, but neither OPENAI_BASE_URL nor OPENAI_API_KEY: nobody is there to be asked. Set one of them, or leave it out.')
  const tutor = model === undefined ? undefined : { baseUrl: base ?? OPENAI, apiKey: key, model }
  const [place, means] = [url('EMBEDDINGS_BASE_URL', ['http:', 'https:']), text('EMBEDDINGS_MODEL')]
  if (place && (!means || means === 'none' || means === 'embedded')) wrong.push('EMBEDDINGS_MODEL is missing: EMBEDDINGS_BASE_URL says where the model is, and this which one it is.')
  if (!place && means && means !== 'none' && means !== 'embedded') wrong.push(`EMBEDDINGS_MODEL is "${means}", but EMBEDDINGS_BASE_URL is not set; without it the model is embedded or none.`)
  // The key goes to nobody else than the one it is for.
  const own = text('EMBEDDINGS_API_KEY') ?? (place && URL.canParse(place) && URL.canParse(base ?? OPENAI) && new URL(place).origin === new URL(base ?? OPENAI).origin ? key : undefined)
  return { tutor, embeddings: place ? { baseUrl: place, apiKey: own, model: means ?? '' } : means === 'none' ? 'none' : 'embedded' }
}
const OPENAI = 'https://api.openai.com/v1'

/** A bucket as it is written: https://<key id>:<secret>@<host>/<bucket>?region=<region>. */
function readBucket(said: string | undefined, wrong: string[]): Bucket | undefined {
  if (said === undefined) return undefined
  const url = URL.canParse(said) ? new URL(said) : null
  const bucket = url?.pathname.replace(/^\/+|\/+$/g, '') ?? ''
  const [accessKeyId, secretAccessKey] = [decoded(url?.username ?? ''), decoded(url?.password ?? '')]
  if (url && /^https?:$/.test(url.protocol) && accessKeyId && secretAccessKey && /^[a-z0-9][a-z0-9.-]{2,62}$/.test(bucket)) return { endpoint: `${url.origin}/${bucket}`, accessKeyId, secretAccessKey, region: url.searchParams.get('region') ?? 'us-east-1' }
  wrong.push('FILES_S3_URL is no bucket; it looks like https://<key id>:<secret>@<host>/<bucket>?region=<region>, key and secret percent-encoded.')
  return undefined
}

/** What is percent-encoded, as it is meant; undefined where it is not encoded rightly. */
function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The provider, where it is set whole. */
function readProvider(text: (name: string) => string | undefined, production: boolean, wrong: string[]): Config['oidc'] {
  const [issuer, clientId, clientSecret] = [text('OIDC_ISSUER'), text('OIDC_CLIENT_ID'), text('OIDC_CLIENT_SECRET')]
  const missing = Object.entries({ OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret }).filter(([, v]) => v === undefined).map(([name]) => name)
  if (missing.length === 3) return undefined
  if (issuer !== undefined && !isIssuer(issuer, production)) wrong.push('OIDC_ISSUER is not an address that begins with https:// (http:// is only for a provider on this machine, and not in production), without a query.')
  if (missing.length > 0) wrong.push(`${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} missing: a provider needs OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET.`)
  return { issuer: issuer ?? '', clientId: clientId ?? '', clientSecret: clientSecret ?? '', name: text('OIDC_NAME') ?? (URL.canParse(issuer ?? '') ? new URL(issuer as string).host : '') }
}

/** Whether this may be an issuer (OpenID Connect Discovery 1.0, 3): https without query or fragment; on this machine http will do, except in production. */
export function isIssuer(text: string, production: boolean): boolean {
  if (!URL.canParse(text) || /[?#\s]/.test(text) || new URL(text).username !== '') return false
  return new URL(text).protocol === 'https:' || (!production && new URL(text).protocol === 'http:' && isLoopback(text))
}

/** The host of an address as the part of an e-mail after the @: an IP address stands in brackets there (RFC 5321, 4.1.3). */
export function mailHost(publicUrl: string): string {
  const hostname = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : 'localhost'
  return isIP(hostname) === 4 ? `[${hostname}]` : hostname.replace(/^\[(.+)\]$/, '[IPv6:$1]')
}

/** Whether only this machine can reach the address: a phone in the room cannot. */
export function isLoopback(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl)
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
}
