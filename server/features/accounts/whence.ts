// Where a sign-in comes from, as much as its person needs to know it again and no more: a kind of device and a network.

/** How somebody signed in. A code, with an e-mail from a list, is no proof of being that person. */
export type How = 'code' | 'email' | 'provider' | 'link' | 'dev'
/** What is known of a sign-in; `identityId` and `provider`: by which, where it was one. */
export type Whence = { how: How; device: string; network: string; identityId?: string; provider?: string }

const BROWSERS: [RegExp, string][] = [
  [/\bEdgA?\/|\bEdgiOS\//, 'Edge'], [/\bOPR\/|\bOPT\//, 'Opera'], [/\bSamsungBrowser\//, 'Samsung Internet'], [/\bVivaldi\//, 'Vivaldi'], [/\bDuckDuckGo\/|\bDdg\//, 'DuckDuckGo'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'], [/Chrome\/|\bChromium\/|\bCriOS\//, 'Chrome'], [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
]
const SYSTEMS: [RegExp, string][] = [
  [/\biPhone\b/, 'iPhone'], [/\biPad\b/, 'iPad'], [/\bAndroid\b/, 'Android'], [/\bCrOS\b/, 'ChromeOS'], [/\bWindows\b/, 'Windows'], [/\bMacintosh\b|\bMac OS X\b/, 'macOS'], [/\bLinux\b|\bX11\b/, 'Linux'],
]
const called = (list: [RegExp, string][], agent: string) => list.find(([is]) => is.test(agent))?.[1]

/** "Firefox on Android": what a user-agent says of itself, without versions. One that no browser sends is "A program". */
export function deviceOf(agent: string): string {
  const [browser, system] = [called(BROWSERS, agent), called(SYSTEMS, agent)]
  if (browser) return system ? `${browser} on ${system}` : browser
  return system && agent.startsWith('Mozilla/') ? `A browser on ${system}` : 'A program'
}

/** The eight groups of an address of version 6 (RFC 4291, 2.2), or the four figures of one of version 4. */
function groups(ip: string): string[] {
  const four = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (four) return four.split('.')
  const [head = '', tail] = (ip.split('%')[0] as string).split('::')
  const front = head.split(':').filter(Boolean)
  const back = (tail ?? '').split(':').filter(Boolean)
  const all = tail === undefined ? front : [...front, ...Array(Math.max(0, 8 - front.length - back.length)).fill('0'), ...back]
  return all.map((g) => Number.parseInt(g, 16).toString(16))
}

/** The /24 or /48 that an address is in: roughly where, and nobody's own. */
export function networkOf(ip: string): string {
  const g = groups(ip)
  return g.length === 4 ? `${g.slice(0, 3).join('.')}.0/24` : `${g.slice(0, 3).join(':')}::/48`
}

/** Whose address it is: a household has 2^64 addresses of version 6, so its network counts (RFC 6177). */
export function householdOf(ip: string): string {
  const g = groups(ip)
  return g.length === 4 ? g.join('.') : g.slice(0, 4).join(':')
}

/** What is kept of who asks. */
export const cameFrom = ({ ip, agent }: { ip: string; agent: string }, how: How): Whence => ({ how, device: deviceOf(agent), network: networkOf(ip) })
