// Puts a text on the clipboard; also where the page is not served over https, and the clipboard is not to be had the new way.
export async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const field = document.createElement('textarea')
    const before = document.activeElement as HTMLElement | null
    field.value = text
    field.className = 'sr'
    ;(before?.closest('dialog') ?? document.body).append(field)
    field.select()
    const done = document.execCommand('copy')
    field.remove()
    before?.focus()
    return done
  }
}
