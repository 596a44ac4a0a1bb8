// A lesson in steps: its paragraphs, items, rows and figures, in order. How far somebody has read is how many of these they have
// passed, so that a picture that is still to come, another language or a wider window changes nothing.

/** Where one is: a step of a block, and how far below the top of the window it begins. */
export type Place = { contentKey: string; step: number; below: number }
/** How far one has seen, and in which block the last of it is. */
export type Seen = { percent: number; contentKey: string }

const STEPS = ['.lesson > :not(ul, ol, blockquote, .table)', '.lesson > :is(ul, ol) > li', '.lesson > blockquote > *', '.lesson tr', '.unit > :not(.lesson, .aside)'].join(', ')
/** Room left below what was seen last, for the line that says so. */
const ROOM = 96

const stepsOf = (page: Element): HTMLElement[] => [...page.querySelectorAll<HTMLElement>(STEPS)]
const keyOf = (step: Element): string => step.closest<HTMLElement>('[data-key]')?.dataset.key ?? ''
const partOf = (page: Element, contentKey: string): Element | undefined => [...page.querySelectorAll<HTMLElement>('[data-key]')].find((p) => p.dataset.key === contentKey)

/** What is above the lower edge of the window; null where there is nothing to read. */
export function seenOf(page: Element): Seen | null {
  const steps = stepsOf(page)
  const seen = steps.findLastIndex((s) => s.getBoundingClientRect().bottom <= innerHeight + 1)
  if (seen < 0) return null
  return { percent: Math.floor((100 * (seen + 1)) / steps.length), contentKey: keyOf(steps[seen]!) }
}

/** The uppermost step in sight. */
export function placeOf(page: Element): Place | null {
  const step = stepsOf(page).find((s) => s.getBoundingClientRect().bottom > 0)
  if (!step) return null
  const contentKey = keyOf(step)
  return { contentKey, step: stepsOf(partOf(page, contentKey) ?? page).indexOf(step), below: step.getBoundingClientRect().top }
}

/** Goes to where one was, of what may say something else by now. */
export function keepPlace(page: Element, { contentKey, step, below }: Place): void {
  const part = partOf(page, contentKey)
  const there = part && (stepsOf(part)[step] ?? part)
  if (there) scrollBy({ top: there.getBoundingClientRect().top - below, behavior: 'instant' })
}

/** Goes to where one left off; false where that is the beginning, or the end. */
export function leftOff(page: Element, { percent, contentKey }: { percent: number; contentKey: string | null }): boolean {
  if (percent >= 100 || percent <= 0) return false
  const steps = stepsOf(page)
  const last = steps[Math.ceil((percent / 100) * steps.length) - 1]
  const part = contentKey === null ? undefined : partOf(page, contentKey)
  const top = !last ? 0 : part && keyOf(last) !== contentKey ? part.getBoundingClientRect().top - ROOM : last.getBoundingClientRect().bottom - innerHeight + ROOM
  if (scrollY + top < ROOM) return false
  scrollTo({ top: scrollY + top, behavior: 'instant' })
  return true
}
