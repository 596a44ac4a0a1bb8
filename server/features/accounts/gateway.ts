// Mail: the one file that knows how it is sent. Where there is no mail server, and this is no production, the log says
// what would have been sent.
import nodemailer from 'nodemailer'
import type { Config } from '#kernel/config'
import type { Log } from '#kernel/log'
import { GOOD_MINUTES } from './link.ts'

/** `id`: the same for a mail that is sent again, so that mail servers can tell that it is the same one. */
export type Letter = { id: string; to: string; href: string; at: string }
/** Resolves with whether the mail server took it; false: it never will. Throws where it may yet. */
export type Post = (letter: Letter) => Promise<boolean>

export function openPost({ smtpUrl, mailFrom, publicUrl }: Config, log: Log): Post {
  if (smtpUrl === undefined) {
    return async ({ href }) => {
      log.info({ link: href }, `somebody asked to sign in by e-mail; without SMTP_URL the link stands here, good for ${GOOD_MINUTES} minutes`)
      return true
    }
  }
  const server = nodemailer.createTransport({ url: smtpUrl, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 30_000, disableFileAccess: true, disableUrlAccess: true })
  const domain = /@([^>]+)>?$/.exec(mailFrom)?.[1]?.trim() ?? 'localhost'
  const site = new URL(publicUrl).host
  return async ({ id, to, href, at }) => {
    try {
      await server.sendMail({
        messageId: `<${id}@${domain}>`, date: new Date(at), from: mailFrom, to: { name: '', address: to },
        headers: { 'Auto-Submitted': 'auto-generated' }, subject: `Sign in to Lectern at ${site}`, text: inText(site, href), html: inHtml(site, href),
      })
      return true
    } catch (error) {
      const { code, responseCode } = error as { code?: string; responseCode?: number }
      if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500) {
        log.warn({ id, responseCode }, 'the mail server will not take a sign-in link to this address')
        return false
      }
      // What the library says names the address: only the codes go on.
      throw new Error(`the mail server did not take it: ${code ?? 'unknown'} ${responseCode ?? ''}`.trim())
    }
  }
}

const inText = (site: string, href: string) => `Somebody, probably you, asked to sign in to Lectern at ${site}.

Open this link and press the button there:

${href}

It is good for ${GOOD_MINUTES} minutes, and works once.

If it was not you, ignore this e-mail: nobody can sign in without it.
`

const inHtml = (site: string, href: string) => `<!doctype html><html lang="en"><body style="font: 16px/1.5 sans-serif; color: #1c1c1c; max-width: 34em; margin: 2em auto; padding: 0 1em">
<p>Somebody, probably you, asked to sign in to Lectern at ${escaped(site)}.</p>
<p><a href="${escaped(href)}" style="display: inline-block; padding: .7em 1.2em; background: #1c3d6e; color: #fff; text-decoration: none; border-radius: 6px">Sign in</a></p>
<p>If the button does not open, copy this address into your browser:<br><span style="word-break: break-all">${escaped(href)}</span></p>
<p>It is good for ${GOOD_MINUTES} minutes, and works once.</p>
<p>If it was not you, ignore this e-mail: nobody can sign in without it.</p>
</body></html>`

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
