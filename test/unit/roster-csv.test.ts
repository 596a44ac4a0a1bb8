// Lists as spreadsheets save and copy them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isRefused } from '#kernel/refusals'
import { readSheet, type Sheet } from '../../server/features/cohorts/csv.ts'
import { watchesTurns } from '../helpers/turns.ts'

const reads = async (text: string | Buffer) => (await readSheet(Buffer.from(text as string))) as Sheet
const refuses = async (text: string | Buffer) => {
  const read = await readSheet(Buffer.from(text as string))
  return isRefused(read) ? read.refused : expect.unreachable('it was read')
}
const ADA = { email: 'ada@school.test', name: 'Ada' }

test.each([
  ['commas', 'email,name\nada@school.test,Ada'], ['semicolons', 'email;name\r\nada@school.test;Ada\r\n'], ['tabs', 'email\tname\nada@school.test\tAda\n'],
  ['headings in another order and case', 'NAME,E-Mail\nAda,ada@school.test'], ['an e-mail address', 'E-mail Address;Full Name\nada@school.test;Ada'],
  ['no headings', 'ada@school.test,Ada'], ['no headings, the name first', 'Ada\tada@school.test'], ['quotes', '"email","name"\n"ada@school.test","Ada"'],
  ['a separator that the file names', 'sep=;\nemail;name\nada@school.test;Ada'], ['spaces around', ' email , name \n  ada@school.test ,  Ada '], ['first and last names', 'first name,last name,mail\nAda,,ada@school.test'],
])('[CO20] %s', async (_, text) => expect((await reads(text)).rows.map((r) => r.raw)).toEqual([ADA]))

test.each([
  ['UTF-8 with a mark', Buffer.from('\ufeffemail,name\nzoe@school.test,Zoë')],
  ['UTF-16, little end first', Buffer.from('\ufeffemail\tname\r\nzoe@school.test\tZoë', 'utf16le')],
  ['UTF-16, big end first', Buffer.from('\ufeffemail\tname\r\nzoe@school.test\tZoë', 'utf16le').swap16()],
  ['what older spreadsheets save', Buffer.from('email;name\nzoe@school.test;Zoë', 'latin1')],
])('[CO20] %s', async (_, bytes) => expect((await reads(bytes)).rows[0]?.raw).toEqual({ email: 'zoe@school.test', name: 'Zoë' }))

test('[CO20] rows keep the numbers they have in the file, over blank rows and line breaks in cells', async () => {
  const { rows } = await reads('email,name\n\nada@school.test,"Ada\nLovelace"\n,,\nben@school.test,"Ben ""B"" Okri"\n')
  expect(rows).toEqual([{ row: 3, raw: { email: 'ada@school.test', name: 'Ada\nLovelace' } }, { row: 5, raw: { email: 'ben@school.test', name: 'Ben "B" Okri' } }])
  expect((await reads('sep=;\nemail\nada@school.test')).rows[0]?.row).toBe(3)
})

test('[CO20] every column has its usual names, and those that mean nothing here are named', async () => {
  const { rows, ignored } = await reads('Surname,Phone,Role,Given name,Batch No.,E-Mail,Extra time (%)\nLovelace,123,observer,Ada,2,ada@school.test,25')
  expect(rows[0]?.raw).toEqual({ email: 'ada@school.test', name: 'Ada Lovelace', role: 'observer', batchNo: '2', timeFactor: '+25 %' })
  expect(ignored).toEqual(['Phone'])
})

test.each([
  ['Extra time', '50 %', '+50 %'], ['Extra time', '100 %', '+100 %'], ['Extra time', '150 %', '150 %'], ['Extra time', '1.5', '1.5'], ['Time factor', '100 %', '100 %'], ['Time factor (%)', '150', '150 %'], ['extra time %', '+50', '+50 %'],
])('[CO20] below %j, %j is %j', async (heading, cell, is) => expect((await reads(`email;${heading}\na@b.cd;${cell}`)).rows[0]?.raw.timeFactor).toBe(is))

test('[CO20] what is no list is refused with a sentence', async () => {
  for (const nothing of ['', '\n\n ,\n', '\ufeff']) expect(await refuses(nothing), JSON.stringify(nothing)).toMatchObject({ code: 'bad_request', message: 'There is nothing in this list.' })
  expect((await refuses('email,name\n')).message).toMatch(/below the headings/)
  expect((await refuses('Name,Role\nAda,learner')).message).toBe('No column of this list is called "e-mail". Its columns are: Name, Role.')
  expect((await refuses('email,name\nada@school.test,"Ada\nben@school.test,Ben')).message).toMatch(/quotation mark .* row 2/)
  expect(await refuses(`email\n${'a@b.cd\n'.repeat(5_001)}`)).toMatchObject({ code: 'too_large', message: expect.stringMatching(/5,000 rows; this one has 5001/) })
  expect((await reads(`email\n${'a@b.cd\n'.repeat(5_000)}`)).rows).toHaveLength(5_000)
})

test('[CO20] whatever stands in the cells comes back as it was, however it is separated', async () => {
  const cell = fc.string({ unit: 'grapheme', maxLength: 30 }).filter((s) => s.isWellFormed() && s.trim() === s && s !== '' && !/^sep=/i.test(s))
  await fc.assert(fc.asyncProperty(fc.array(cell, { minLength: 1, maxLength: 20 }), fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), async (names, mark, end) => {
    const quoted = (s: string) => `"${s.replaceAll('"', '""')}"`
    const text = ['email', 'name'].map(quoted).join(mark) + end + names.map((n, i) => [`p${i}@b.cd`, n].map(quoted).join(mark)).join(end)
    expect((await reads(text)).rows.map((r) => r.raw.name)).toEqual(names)
  }), { numRuns: 60, seed: 4 })
})

// Other tests run beside it, which only ever adds to the delay: what holds once holds.
test('[CO26] a file of two million characters is read in turns of a few milliseconds', { retry: 2 }, async () => {
  const text = `email,name\n${Array.from({ length: 5_000 }, (_, i) => `p${i}@school.test,"${'N'.repeat(350)}"`).join('\n')}`
  const longest = watchesTurns()
  expect((await reads(text)).rows).toHaveLength(5_000)
  expect(longest()).toBeLessThan(200)
})
