// Models to test against: a real OpenAI-compatible server, and one that goes silent with the line open, which that one cannot.
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { LLMock } from '@copilotkit/aimock'

/** Settings with which a server here asks this model. */
export const asking = (url: string): Record<string, string> => ({ OPENAI_BASE_URL: url, OPENAI_API_KEY: 'sk-test', TUTOR_MODEL: 'test-model' })

/** The real server, started. */
export async function aModel(options: ConstructorParameters<typeof LLMock>[0] = {}): Promise<LLMock & { base: string }> {
  const mock = new LLMock({ port: 0, ...options })
  await mock.start()
  return Object.assign(mock, { base: `${mock.url}/v1` })
}

const piece = (text: string, finish: string | null = null) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: { content: text }, finish_reason: finish }] })}\n\n`

/** A model that a test speaks for: each request is handed over as it came, and stays open until the test says something. */
export async function aHand(): Promise<{ base: string; next(): Promise<Line>; asked(): number; close(): Promise<void> }> {
  const lines: Line[] = []
  const waiting: ((line: Line) => void)[] = []
  let asked = 0
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (d) => { body += d })
    request.on('end', () => {
      asked++
      const line = new Line(response, JSON.parse(body || '{}'))
      const wake = waiting.shift()
      if (wake) wake(line)
      else lines.push(line)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: () => asked,
    next: () => new Promise((take) => {
      const line = lines.shift()
      if (line) take(line)
      else waiting.push(take)
    }),
    close: () => new Promise((done) => {
      server.closeAllConnections()
      server.close(() => done())
    }),
  }
}

/** One request, and what is said to it. */
export class Line {
  readonly body: { model: string; stream?: boolean; messages: { role: string; content: string }[]; [option: string]: unknown }
  /** When the other side closed it. */
  readonly closed: Promise<void>
  private readonly response: ServerResponse
  constructor(response: ServerResponse, body: Line['body']) {
    this.response = response
    this.body = body
    this.closed = new Promise((done) => response.on('close', () => done()))
  }
  /** The material and the question, as the model is given them. */
  get question(): string {
    return this.body.messages.at(-1)?.content ?? ''
  }
  says(text: string): this {
    if (!this.response.headersSent) this.response.writeHead(200, { 'content-type': 'text/event-stream' })
    this.response.write(piece(text))
    return this
  }
  /** Ends as a model does. */
  ends(finish = 'stop'): void {
    this.response.end(`${piece('', finish)}data: [DONE]\n\n`)
  }
  /** The whole answer to a request that asked for no stream. */
  replies(text: string): void {
    this.response.writeHead(200, { 'content-type': 'application/json' })
    this.response.end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }] }))
  }
  refuses(status: number, message: string, headers: Record<string, string> = {}): void {
    this.response.writeHead(status, { 'content-type': 'application/json', ...headers })
    this.response.end(JSON.stringify({ error: { message, type: 'invalid_request_error' } }))
  }
  /** Ends without saying so. */
  hangsUp(): void {
    this.response.end()
  }
  /** The line breaks. */
  cuts(): void {
    this.response.destroy()
  }
}
