// The door: past it nothing is unknown and nothing is cast. Text is put into NFC, trimmed, and refused where it cannot be
// kept; ids are lowered; then the schema of the contract decides.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import type { TSchema } from 'typebox'
import { type Refused, refuse } from './refusals.ts'

const ajv = new Ajv({ allErrors: false, strict: false, coerceTypes: false })
formats.default(ajv, ['date-time', 'email'])

/** The same for the path and the query of a request, where everything arrives as text. */
const ajvText = new Ajv({ allErrors: false, strict: false, coerceTypes: true })
formats.default(ajvText, ['date-time', 'email'])

export type Parsed = { value: unknown } | Refused<'bad_request'>
export type Door = (raw: unknown) => Parsed

const DEEPEST = 12

/** Makes the parser of one schema. Refuses with `bad_request` and `details`: each path and what is wrong. */
export function door(schema: TSchema, from: 'json' | 'text' = 'json'): Door {
  const valid: ValidateFunction = (from === 'json' ? ajv : ajvText).compile(schema)
  return (raw) => {
    const wrong: Wrong[] = []
    const value = cleaned(raw ?? {}, [], false, wrong)
    if (wrong.length === 0 && valid(value)) return { value }
    const all = wrong.length > 0 ? wrong : (valid.errors ?? []).map(inWords)
    return refuse('bad_request', `That was not understood: ${all.map((w) => `${w.path || 'it'} ${w.problem}`).slice(0, 3).join('; ')}.`, { problems: all.slice(0, 20) })
  }
}

type Wrong = { path: string; problem: string }

const IDS = /^[a-z]*Ids$/
const ID = /^(?:key|[a-z]*Id)$/

/** A copy that is clean. `at`: the way there, written out only where something is wrong; `isId`: whether text here is lowered. */
function cleaned(value: unknown, at: (string | number)[], isId: boolean, wrong: Wrong[]): unknown {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) wrong.push({ path: written(at), problem: 'has characters that cannot be kept (U+0000 or half a character)' })
    const text = value.normalize('NFC').trim()
    return isId ? text.toLowerCase() : text
  }
  if (typeof value !== 'object' || value === null) return value
  if (at.length > DEEPEST) {
    wrong.push({ path: written(at), problem: 'is nested too deeply' })
    return null
  }
  if (Array.isArray(value)) {
    const areIds = IDS.test(String(at.at(-1)))
    return value.map((v, i) => under(i, v, at, areIds, wrong))
  }
  if (Buffer.isBuffer(value)) {
    wrong.push({ path: written(at), problem: 'is binary' })
    return null
  }
  const copy: Record<string, unknown> = {}
  for (const [name, v] of Object.entries(value)) {
    const clean = under(name, v, at, ID.test(name), wrong)
    if (name === '__proto__') Object.defineProperty(copy, name, { value: clean, enumerable: true }) // a field like any other, and refused as one
    else copy[name] = clean
  }
  return copy
}

function under(name: string | number, value: unknown, at: (string | number)[], isId: boolean, wrong: Wrong[]): unknown {
  at.push(name)
  const clean = cleaned(value, at, isId, wrong)
  at.pop()
  return clean
}

const written = (at: readonly (string | number)[]) => at.map((name) => `/${name}`).join('')

function inWords(e: ErrorObject): Wrong {
  const problem = e.keyword === 'additionalProperties' ? `has a field that is not known here: ${String(e.params.additionalProperty)}`
    : e.keyword === 'pattern' && String(e.schema ?? e.params.pattern).startsWith('^[0-9a-f]{8}') ? 'must be a UUID'
    : (e.message ?? 'is wrong')
  return { path: e.instancePath, problem }
}
