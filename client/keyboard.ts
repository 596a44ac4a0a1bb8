// What the phone's keyboard leaves of the screen, where the browser does not say it in CSS: `--seen` is the height that
// is seen, and `data-keyboard="up"` while the keyboard takes a good part of it. (Not by focus: what moves while a finger
// is down is missed by it.)

let width = 0
let tallest = 0

export function watchKeyboard(): void {
  const seen = window.visualViewport
  if (!seen) return
  const fit = () => {
    if (seen.width !== width) { width = seen.width; tallest = 0 }
    tallest = Math.max(tallest, seen.height)
    const root = document.documentElement
    root.style.setProperty('--seen', `${seen.height}px`)
    if (seen.height < tallest * 0.78) root.dataset.keyboard = 'up'
    else delete root.dataset.keyboard
  }
  seen.addEventListener('resize', fit)
  fit()
}
