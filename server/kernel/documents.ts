// The wire as documents: AsyncAPI for the socket, OpenAPI for REST, and the hash that pins both. Made from the contracts,
// so that they cannot say anything else than the code does.
import { createHash } from 'node:crypto'
import { type Call, CODES, type Command, type Contract, type Push, type Takes } from './contract.ts'

type Contracts = readonly Contract<any, any, any, any>[]
const plain = (schema: unknown) => JSON.parse(JSON.stringify(schema)) as object

/** Changes when anything that a client may say or hear changes. */
export const wireHash = (wire: Contracts): string => createHash('sha256').update(JSON.stringify(wire)).digest('base64url').slice(0, 16)

/** OpenAPI 3.1 of every call. */
export function openapiOf(wire: Contracts, version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const { name, calls } of wire) {
    for (const [short, call] of Object.entries<Call>(calls)) {
      const [method, path] = call.rest.split(' ') as [string, string]
      const at = `/api/v1${path.replace(/:(\w+)/g, '{$1}').replace('*', '{*}')}`
      const inPath = new Set([...path.matchAll(/:(\w+)|(\*)/g)].map((m) => m[1] ?? m[2]))
      const params = plain(call.params) as { properties?: Record<string, object>; required?: string[] }
      paths[at] = {
        ...paths[at],
        [method.toLowerCase()]: {
          operationId: `${name}.${short}`, tags: [name], summary: call.says,
          security: call.open ? [] : [{ token: [] }],
          parameters: Object.entries(params.properties ?? {}).map(([n, schema]) => ({ name: n, in: inPath.has(n) ? 'path' : 'query', required: inPath.has(n), schema })),
          ...(method === 'GET' || method === 'DELETE' ? {} : { requestBody: { required: true, content: call.upload ? bytesUpTo(call.upload) : { 'application/json': { schema: plain(call.body) } } } }),
          responses: {
            [call.status]: { description: 'Done.', ...(call.status === 204 ? {} : { content: call.replies === 'bytes' ? { '*/*': { schema: {} } } : { 'application/json': { schema: plain(call.reply) } } }) },
            default: { description: `Refused: ${[...CODES, ...call.refusals].join(', ')}.`, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
          },
        },
      }
    }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lectern, REST', version, description: 'REST sets a class up; what happens while people are in class goes over the socket (AsyncAPI beside this document).' },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { Problem: { type: 'object', required: ['type', 'title', 'status', 'code', 'detail'], properties: { type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string' }, detail: { type: 'string' }, details: { type: 'object' } } } },
    },
  }
}

/** Bytes as they are: OpenAPI 3.1 gives such no schema but their type (4.8.14, considerations for file uploads). */
const bytesUpTo = ({ types, most }: Takes) => Object.fromEntries(types.map((type) => [type, { schema: { maxLength: most } }]))

/** AsyncAPI 3.0 of every command and push. */
export function asyncapiOf(wire: Contracts, version: string): object {
  const messages: Record<string, object> = {}
  const operations: Record<string, object> = {}
  for (const { name, commands, pushes } of wire) {
    for (const [short, c] of Object.entries<Command>(commands)) {
      const id = `${name}:${short}`
      messages[id] = { name: id, summary: c.says, payload: plain(c.body), 'x-ack': plain(c.reply), 'x-refusals': [...CODES, ...c.refusals], 'x-may': c.may, 'x-changes': c.changes }
      operations[id] = { action: 'receive', channel: { $ref: '#/channels/socket' }, messages: [{ $ref: `#/channels/socket/messages/${id.replace('/', '~1')}` }] }
    }
    for (const [short, q] of Object.entries<Push>(pushes)) {
      const id = `${name}:${short}`
      const at = { type: 'string', format: 'date-time' }
      const frame = q.passing ? { at, body: plain(q.body) } : { stream: { type: 'string' }, seq: { type: 'integer', minimum: 1 }, at, body: plain(q.body) }
      messages[`push ${id}`] = { name: id, summary: q.says, payload: { type: 'object', required: Object.keys(frame), properties: frame }, 'x-to': q.to, 'x-passing': q.passing }
      operations[`push ${id}`] = { action: 'send', channel: { $ref: '#/channels/socket' }, messages: [{ $ref: `#/channels/socket/messages/push ${id}` }] }
    }
  }
  return {
    asyncapi: '3.0.0',
    info: { title: 'Lectern, the socket', version, description: 'Socket.IO 4, default namespace and path. A command is emitWithAck(name, payload); pushes come as one event `push` with a list of [name, frame].' },
    channels: { socket: { address: '/', messages } },
    operations,
  }
}
