// What an error of the database means for who asked (PostgreSQL, Appendix A).

/** The database did not answer in time. */
export class Late extends Error {}

/** What an error of the database means: try again (serialisation, deadlock, a key or a row that another node wrote
 *  first), not heard of (the connection), or broken (this very batch). PostgreSQL, Appendix A. */
export function judged(error: unknown): 'again' | 'unheard' | 'broken' {
  const code = String((error as { code?: unknown })?.code ?? '')
  if (code === '40P01' || code === '40001' || code === '55P03') return 'again'
  if (code === '23505') return 'again'
  if (error instanceof Late || /^(08|53|57P|58|25P0[24])/.test(code) || /^(E[A-Z]+|57014)$/.test(code) || /Connection terminated|timeout exceeded|closed|not queryable/i.test(String((error as Error)?.message))) return 'unheard'
  return 'broken'
}
