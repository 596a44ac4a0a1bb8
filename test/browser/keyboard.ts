// Going by Tab, as somebody without a mouse does; and that nobody had one.
import { expect } from 'vitest'
import type { Actor } from './stage.ts'

/** Tabs on until the focus is on what the test says (`TAG#id what it is called`); every stop on the way can be seen. */
export async function tabsTo(one: Actor, is: RegExp, key = 'Tab'): Promise<void> {
  const stops: string[] = []
  for (let n = 0; n < 60; n++) {
    await one.presses(key)
    const focus = await one.focus()
    if (focus.tag !== 'BODY' && !(await isSeen(one))) throw new Error(`the focus on ${focus.tag} "${focus.text}" cannot be seen`)
    stops.push(`${focus.tag} ${focus.text}`.slice(0, 40))
    if (is.test(`${focus.tag}#${focus.id} ${focus.text}`)) return
  }
  throw new Error(`${one.name} does not get to ${is}: ${stops.join(' → ')}`)
}

/** Whether what has the focus, or the segment it lies in, is drawn otherwise than it is without. */
export const isSeen = (one: Actor) => one.page.evaluate(() => {
  const el = document.activeElement as HTMLElement
  const box = el.closest('.seg > *, .right-one') ?? el
  const drawn = () => { const s = getComputedStyle(box); return [s.boxShadow, s.outlineStyle, s.borderInlineStartWidth].join() }
  const on = drawn()
  el.blur()
  const off = drawn()
  el.focus({ preventScroll: true })
  return on !== off
})

/** From now on it is counted, over every page of this device, what a mouse or a finger does. */
export async function hasNoMouse(one: Actor): Promise<() => Promise<void>> {
  let seen: string[] = []
  await one.context.exposeFunction('pointed', (what: string) => { seen.push(what) })
  await one.context.addInitScript(() => {
    for (const what of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'touchstart', 'wheel']) addEventListener(what, () => (globalThis as never as { pointed(what: string): void }).pointed(what), true)
  })
  return async () => { expect(seen, `${one.name} has no mouse`).toEqual([]); seen = [] }
}
