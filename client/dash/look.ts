// Day or night, and which way the language runs: what is painted by hand has to be painted again when it changes.
import { useSyncExternalStore } from 'react'

const night = matchMedia('(prefers-color-scheme: dark)')

function listen(changed: () => void): () => void {
  const watcher = new MutationObserver(changed)
  watcher.observe(document.documentElement, { attributes: true, attributeFilter: ['dir', 'data-theme'] })
  night.addEventListener('change', changed)
  return () => { watcher.disconnect(); night.removeEventListener('change', changed) }
}

/** Changes whenever the look does; ends with `rtl` or `ltr`. */
export const useLook = (): string => useSyncExternalStore(listen, () => `${night.matches} ${document.documentElement.dataset.theme ?? ''} ${document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}`)
