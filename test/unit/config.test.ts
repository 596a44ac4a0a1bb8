// Settings are checked at the start; each wrong one is named in a sentence.
import { expect, test } from 'vitest'
import { isLoopback, readConfig, WrongSettings } from '#kernel/config'

const wrong = (env: Record<string, string>): string[] => {
  try {
    readConfig(env)
  } catch (e) {
    expect(e).toBeInstanceOf(WrongSettings)
    return (e as WrongSettings).sentences
  }
  throw new Error('was taken')
}

test('[KE8] all settings may be left out', () => {
  expect(readConfig({})).toMatchObject({ production: false, port: 3000, host: '127.0.0.1', publicUrl: 'http://127.0.0.1:3000', dataDir: '.data', authDev: false, allowedOrigins: [], logLevel: 'info', demo: true })
  expect(readConfig({ PORT: '  ', HOST: '' })).toMatchObject({ port: 3000, host: '127.0.0.1' })
})

test.each([
  [{ PORT: 'x' }, 'PORT'], [{ PORT: '70000' }, 'PORT'], [{ PORT: '-1' }, 'PORT'], [{ PORT: '1.5' }, 'PORT'],
  [{ HOST: 'a b' }, 'HOST'], [{ PUBLIC_URL: 'class.example.org' }, 'PUBLIC_URL'], [{ PUBLIC_URL: 'ftp://x.org' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL'], [{ JWT_SECRET: 'short' }, 'JWT_SECRET'], [{ AUTH_DEV: 'yes' }, 'AUTH_DEV'],
  [{ ALLOWED_ORIGINS: 'https://a.org/path' }, 'ALLOWED_ORIGINS'], [{ ALLOWED_ORIGINS: 'https://a.org,*' }, 'ALLOWED_ORIGINS'],
  [{ SMTP_URL: 'mail.example.org' }, 'SMTP_URL'], [{ SMTP_URL: 'smtp://' }, 'SMTP_URL'], [{ MAIL_FROM: 'Lectern' }, 'MAIL_FROM'], [{ MAIL_FROM: 'a@x.org\r\nBcc: b@x.org' }, 'MAIL_FROM'],
  [{ OIDC_ISSUER: 'https://id.example.org' }, 'OIDC_CLIENT_ID'], [{ OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }, 'OIDC_ISSUER'],
  ...['http://id.example.org', 'id.example.org', 'https://id.example.org/?x=1', 'https://me@id.example.org'].map((OIDC_ISSUER): [object, string] => [{ OIDC_ISSUER, OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'y' }, 'OIDC_ISSUER']),
  [{ DNS_SERVERS: 'dns.example.org' }, 'DNS_SERVERS'], [{ DNS_SERVERS: '9.9.9.9,x' }, 'DNS_SERVERS'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'], [{ DEMO: '1' }, 'DEMO'], [{ ALLOW_POLLING: 'no' }, 'ALLOW_POLLING'],
])('[KE8] %j is named', (env, name) => {
  const sentences = wrong(env as never)
  expect(sentences).toHaveLength(1)
  expect(sentences[0]).toContain(name)
})

test('[KE8] all that is wrong is said at once, and no secret is repeated', () => {
  const sentences = wrong({ PORT: 'x', LOG_LEVEL: 'loud', JWT_SECRET: 'hunter2', DATABASE_URL: 'mysql://me:hunter3@x' })
  expect(sentences).toHaveLength(4)
  expect(sentences.join()).not.toMatch(/hunter/)
})

test('[KE9] production demands a secret, and refuses the sign-in of developers', () => {
  expect(wrong({ NODE_ENV: 'production' })[0]).toContain('JWT_SECRET')
  expect(wrong({ NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32), AUTH_DEV: 'true' })[0]).toContain('AUTH_DEV')
  expect(readConfig({ NODE_ENV: 'production', JWT_SECRET: `${'x'.repeat(32)}, ${'y'.repeat(40)}` }).jwtSecrets).toEqual(['x'.repeat(32), 'y'.repeat(40)])
})

test('[AC18] a mail server is not needed to sign in by e-mail, except in production; the sender is of the site unless it is said', () => {
  const secret = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) }
  expect(readConfig({})).toMatchObject({ smtpUrl: undefined, email: true, mailFrom: 'Lectern <lectern@[127.0.0.1]>' })
  expect(readConfig(secret)).toMatchObject({ smtpUrl: undefined, email: false })
  expect(readConfig({ ...secret, SMTP_URL: 'smtps://me:p%40ss@mail.example.org', PUBLIC_URL: 'https://class.example.org' })).toMatchObject({ smtpUrl: 'smtps://me:p%40ss@mail.example.org', email: true, mailFrom: 'Lectern <lectern@class.example.org>' })
  expect(readConfig({ PUBLIC_URL: 'http://[2001:db8::1]:3000' }).mailFrom).toBe('Lectern <lectern@[IPv6:2001:db8::1]>')
  expect(readConfig({ MAIL_FROM: 'School <post@school.org>' }).mailFrom).toBe('School <post@school.org>')
  expect(wrong({ SMTP_URL: 'http://me:hunter2@x' })[0]).not.toContain('hunter2')
})

test('[AC22] [AC33] a provider is whole or not there; http is for this machine, and not in production; no secret is repeated', () => {
  const set = (OIDC_ISSUER: string, more = {}) => ({ OIDC_ISSUER, OIDC_CLIENT_ID: 'Lectern', OIDC_CLIENT_SECRET: 'hunter2', ...more })
  const production = { NODE_ENV: 'production', JWT_SECRET: 'x'.repeat(32) }
  expect(readConfig({})).toMatchObject({ oidc: undefined, dnsServers: [] })
  expect(readConfig(set('https://id.example.org/realm')).oidc).toEqual({ issuer: 'https://id.example.org/realm', clientId: 'Lectern', clientSecret: 'hunter2', name: 'id.example.org' })
  expect(readConfig(set('http://127.0.0.1:9000', { OIDC_NAME: 'Campus' })).oidc?.name).toBe('Campus')
  expect(readConfig(set('https://id.example.org', production)).oidc?.issuer).toBe('https://id.example.org')
  const sentences = wrong(set('http://127.0.0.1:9000', production))
  expect(sentences.join()).toContain('OIDC_ISSUER')
  expect(sentences.join()).not.toContain('hunter2')
  expect(readConfig({ DNS_SERVERS: '9.9.9.9, 127.0.0.1:5353,[2620:fe::fe]:53' }).dnsServers).toEqual(['9.9.9.9', '127.0.0.1:5353', '[2620:fe::fe]:53'])
})

test('[KE10] an address that only this machine reaches is known as one', () => {
  for (const url of ['http://localhost:3000', 'http://127.0.0.1', 'http://127.1.2.3', 'http://[::1]:3000']) expect(isLoopback(url)).toBe(true)
  for (const url of ['http://10.0.0.5', 'https://class.example.org', 'http://localhost.example.org']) expect(isLoopback(url)).toBe(false)
})

test('[NO13] REDIS_URL takes one server, Sentinels or a cluster', () => {
  const at = (url: string) => readConfig({ DATABASE_URL: 'postgresql://x/y', REDIS_URL: url })
  expect(at('redis://cache')).toMatchObject({ allowPolling: false, redis: { kind: 'one', tls: false, hosts: [{ host: 'cache', port: 6379 }], db: 0 } })
  expect(at('rediss://me:p%40ss@[::1]:7000/3').redis).toMatchObject({ kind: 'one', tls: true, username: 'me', password: 'p@ss', hosts: [{ host: '::1', port: 7000 }], db: 3 })
  expect(at('redis+sentinel://:pw@s1,s2:26380/the-master/1?sentinelPassword=other').redis).toEqual({
    kind: 'sentinel', tls: false, username: undefined, password: 'pw', hosts: [{ host: 's1', port: 26379 }, { host: 's2', port: 26380 }], master: 'the-master', db: 1, sentinelPassword: 'other',
  })
  expect(at('rediss+cluster://c1:7000,c2:7001').redis).toMatchObject({ kind: 'cluster', tls: true, hosts: [{ host: 'c1', port: 7000 }, { host: 'c2', port: 7001 }] })
  expect(readConfig({ DATABASE_URL: 'postgresql://x/y', REDIS_URL: 'redis://cache', ALLOW_POLLING: 'true' }).allowPolling).toBe(true)
})

test.each(['http://cache', 'redis://', 'redis://a,b', 'redis://cache:99999', 'redis://cache/x', 'redis+sentinel://s1', 'redis+cluster://c1/2', 'redis://me:%zz@cache'])('[NO13] %s cannot be read, and the password is not repeated', (url) => {
  const [sentence, ...more] = wrong({ DATABASE_URL: 'postgresql://x/y', REDIS_URL: url.replace('://', '://u:hunter2@').replace('u:hunter2@me', 'me') })
  expect(sentence).toContain('REDIS_URL cannot be read')
  expect(sentence).not.toContain('hunter2')
  expect(more).toEqual([])
})

test('[NO13] several machines need one database between them', () => {
  expect(wrong({ REDIS_URL: 'redis://cache' })[0]).toContain('DATABASE_URL')
})

test('[TR24] a model is asked where it is named with its place, a key alone sets nothing up, and goes to nobody it is not for', () => {
  expect(readConfig({})).toMatchObject({ tutor: undefined, embeddings: 'embedded' })
  expect(readConfig({ OPENAI_API_KEY: 'sk' })).toMatchObject({ tutor: undefined, embeddings: 'embedded' })
  expect(readConfig({ OPENAI_API_KEY: 'sk', TUTOR_MODEL: 'm' }).tutor).toEqual({ baseUrl: 'https://api.openai.com/v1', apiKey: 'sk', model: 'm' })
  expect(readConfig({ OPENAI_BASE_URL: 'http://127.0.0.1:11434/v1', TUTOR_MODEL: 'm' }).tutor).toEqual({ baseUrl: 'http://127.0.0.1:11434/v1', apiKey: undefined, model: 'm' })
  expect(readConfig({ EMBEDDINGS_MODEL: 'none' }).embeddings).toBe('none')
  const both = { OPENAI_API_KEY: 'sk', TUTOR_MODEL: 'm', EMBEDDINGS_MODEL: 'e' }
  expect(readConfig({ ...both, EMBEDDINGS_BASE_URL: 'https://api.openai.com/v1' }).embeddings).toMatchObject({ apiKey: 'sk' })
  expect(readConfig({ ...both, EMBEDDINGS_BASE_URL: 'https://other.example/v1' }).embeddings).toMatchObject({ apiKey: undefined })
  expect(readConfig({ ...both, EMBEDDINGS_BASE_URL: 'https://other.example/v1', EMBEDDINGS_API_KEY: 'own' }).embeddings).toMatchObject({ apiKey: 'own' })
})

test.each([
  [{ OPENAI_BASE_URL: 'http://x/v1' }, 'TUTOR_MODEL is missing'], [{ TUTOR_MODEL: 'm' }, 'TUTOR_MODEL is set'], [{ OPENAI_BASE_URL: 'x', TUTOR_MODEL: 'm' }, 'OPENAI_BASE_URL'],
  [{ EMBEDDINGS_BASE_URL: 'http://x/v1' }, 'EMBEDDINGS_MODEL is missing'], [{ EMBEDDINGS_MODEL: 'e' }, 'EMBEDDINGS_MODEL is "e"'],
])('[TR24] %j stops the start', (env, sentence) => expect(wrong(env as never).join()).toContain(sentence))
