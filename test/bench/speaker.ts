// A model that speaks at a given pace, as a process of its own: POST /set says what it says next, GET /log who asked when and when their
// line was closed. Times are of this machine's clock, ms.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Pace = { first: number; every: number; pieces: string[]; stallAt?: number }
export type Heard = { at: number; closedAt: number | null; isWhole: boolean }

let pace: Pace = { first: 150, every: 25, pieces: Array.from({ length: 40 }, (_, i) => `word${i} `) }
let log: Heard[] = []
const now = () => performance.timeOrigin + performance.now()
const chunk = (text: string, finish: string | null) => `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta: text ? { content: text } : {}, finish_reason: finish }] })}\n\n`

const server = createServer((request, response) => {
  let body = ''
  request.on('data', (d) => { body += d })
  request.on('end', () => {
    if (request.url === '/set') {
      pace = JSON.parse(body)
      log = []
      return response.end('{}')
    }
    if (request.url === '/log') return response.end(JSON.stringify(log))
    if (JSON.parse(body).stream !== true) return response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ id: 'c', object: 'chat.completion', created: 1, model: 'm', choices: [{ index: 0, message: { role: 'assistant', content: '' }, finish_reason: 'stop' }] }))
    const mine: Heard = { at: now(), closedAt: null, isWhole: false }
    const { first, every, pieces, stallAt } = pace
    log.push(mine)
    response.on('close', () => { mine.closedAt = now() })
    setTimeout(() => {
      let i = 0
      const next = () => {
        if (response.destroyed || i === stallAt) return
        if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
        if (i === pieces.length) {
          mine.isWhole = true
          return response.end(`${chunk('', 'stop')}data: [DONE]\n\n`)
        }
        response.write(chunk(pieces[i++] as string, null))
        setTimeout(next, every)
      }
      next()
    }, first)
  })
})
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`))
