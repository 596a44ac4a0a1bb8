// One event, one line, with ids; never an answer, a token or an address.
import { type Logger, pino } from 'pino'

export type Log = Logger

const PERSONAL = ['token', 'accessToken', 'refreshToken', 'email', 'name', 'body', 'text', 'authorization', 'cookie', 'password', 'secret']

/** A log. On a terminal it is written for people, otherwise one JSON object a line. */
export function openLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((k) => [k, `*.${k}`, `*.*.${k}`]), censor: '[kept out]' },
    ...(process.stdout.isTTY ? { transport: { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss', ignore: 'pid,hostname' } } } : {}),
  })
}
