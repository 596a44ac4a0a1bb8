// Bytes on their way up, with how far they are and a way to stop them. `fetch` does not say how far it is.
import { token } from '../account.ts'
import { Refusal } from '../api.ts'

export type Sending<T> = { done: Promise<T>; cancel(): void }

/** `share`: from 0 to 1. Refused as `cancelled` where it was stopped. */
export function upload<T>(path: string, bytes: Blob, type: string, share: (done: number) => void): Sending<T> {
  const request = new XMLHttpRequest()
  let stopped = false
  const cancelled = () => new Refusal('cancelled', '', 0)
  const send = async (): Promise<T> => {
    const access = await token()
    if (stopped) throw cancelled()
    return new Promise((resolve, reject) => {
      request.open('POST', `/api/v1${path}`)
      request.setRequestHeader('content-type', type)
      request.setRequestHeader('authorization', `Bearer ${access}`)
      request.upload.onprogress = ({ loaded, total }) => share(total ? loaded / total : 0)
      request.onerror = () => reject(new Refusal('unheard', '', 0))
      request.onabort = () => reject(cancelled())
      request.onload = () => {
        const said = JSON.parse(request.responseText || 'null')
        if (request.status < 400) resolve(said as T)
        else reject(new Refusal(said?.code ?? 'internal', said?.detail ?? said?.title ?? '', request.status, said?.details ?? {}))
      }
      request.send(bytes)
    })
  }
  return { done: send(), cancel: () => { stopped = true; request.abort() } }
}
