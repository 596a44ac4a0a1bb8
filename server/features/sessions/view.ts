// The class that is running, or none.
import type { View } from '#kernel/view'

export type Session = { sessionId: string; title: string | null; startedAt: string }

export const session: View<Session | null> = {
  key: 'session',
  heard(value, { name, body }) {
    if (name === 'session:started') return body
    return name === 'session:ended' && value?.sessionId === body.sessionId ? null : value
  },
}
