/// <reference types="vite/client" />
declare module 'markdown-it' {
  type Token = { type: string; tag: string; attrs: [string, string][] | null; content: string; attrGet(name: string): string | null; attrSet(name: string, value: string): void }
  type Rule = (tokens: Token[], at: number, options: object, env: object, self: { renderToken(tokens: Token[], at: number, options: object): string }) => string
  export default class MarkdownIt {
    constructor(options?: { html?: boolean; linkify?: boolean; typographer?: boolean })
    readonly options: object
    parse(source: string, env: object): Token[]
    renderer: { rules: Record<string, Rule | undefined>; render(tokens: Token[], options: object, env: object): string }
  }
}
