// What fits its place: the largest of some sizes in which it does, else the smallest, with words cut after a whole line.
import { useLayoutEffect, useRef } from 'react'

/** For a block whose own height is what its one child may take; it is fitted again when `words` or its place change.
 *  `sizes` in shares of the height of the window, largest first. */
export function useFit<E extends HTMLElement = HTMLParagraphElement>(words: string, sizes: readonly number[]) {
  const block = useRef<E>(null)
  useLayoutEffect(() => {
    const outer = block.current
    const inner = outer?.firstElementChild as HTMLElement | null | undefined
    if (!outer || !inner) return
    const fit = () => {
      inner.style.removeProperty('-webkit-line-clamp')
      for (const size of sizes) {
        outer.style.fontSize = `${size}vh`
        if (inner.scrollHeight <= outer.clientHeight) return
      }
      const line = Number.parseFloat(getComputedStyle(outer).lineHeight)
      inner.style.setProperty('-webkit-line-clamp', String(Math.max(1, Math.floor(outer.clientHeight / line))))
    }
    fit()
    void document.fonts.ready.then(fit)
    const watch = new ResizeObserver(fit)
    watch.observe(outer)
    addEventListener('resize', fit)
    return () => { watch.disconnect(); removeEventListener('resize', fit) }
  }, [words, sizes])
  return block
}
