// Words that fit their slip: the largest of three sizes in which they do, else the smallest, cut after a whole line.
import { useLayoutEffect, useRef } from 'react'

/** For a block of words whose own height is what it may take. `sizes` in shares of the height, largest first. */
export function useFit(words: string, sizes: readonly number[]) {
  const block = useRef<HTMLParagraphElement>(null)
  useLayoutEffect(() => {
    const fit = () => {
      const outer = block.current
      const inner = outer?.firstElementChild as HTMLElement | null | undefined
      if (!outer || !inner) return
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
    addEventListener('resize', fit)
    return () => removeEventListener('resize', fit)
  }, [words, sizes])
  return block
}
