// On which line each thing of a JSON text begins. Pure.
/** The lines of all objects in a text that is JSON, by their paths, as `0/quizzes/3`. */
export function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>()
  const path: (string | number)[] = []
  let line = 1
  let name: string | null = null
  for (const [mark] of text.matchAll(/"(?:\\.|[^"\\])*"|[{}[\],\n]/gs)) {
    const last = path.length - 1
    if (mark === '\n') line++
    else if (mark === '{' || mark === '[') {
      if (mark === '{') lines.set(path.join('/'), line)
      path.push(mark === '[' ? 0 : '')
    } else if (mark === '}' || mark === ']') path.pop()
    else if (mark === ',') {
      if (typeof path[last] === 'number') path[last]++
      else name = null
    } else if (typeof path[last] === 'string' && name === null) path[last] = name = JSON.parse(mark) as string
    if (mark === '{' || mark === '}' || mark === ']') name = mark === '{' ? null : ''
  }
  return lines
}

/** What a text says, or where it is no JSON. */
export function parsed(text: string): { value: unknown } | { line: number; message: string } {
  try {
    return { value: JSON.parse(text.replace(/^\ufeff/, '')) }
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1]
    const line = /line (\d+)/.exec((error as Error).message)?.[1]
    return { line: line ? Number(line) : at ? text.slice(0, Number(at)).split('\n').length : text.split('\n').length, message: 'This is no JSON from here on: perhaps a comma or a quotation mark is missing or too many.' }
  }
}
