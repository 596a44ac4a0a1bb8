// What the doctor finds: right (ok), works but wants a thought (!), or wrong (x); and what to do next.

export type Finding = { level: 'ok' | '!' | 'x'; what: string; next?: string }
export const fine = (what: string): Finding => ({ level: 'ok', what })
export const mind = (what: string, next: string): Finding => ({ level: '!', what, next })
export const wrong = (what: string, next: string): Finding => ({ level: 'x', what, next })
