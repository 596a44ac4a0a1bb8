// The client's build: everything is bundled from npm, nothing is loaded from elsewhere at run time.
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { parse } from '@formatjs/icu-messageformat-parser'
import { defineConfig, type Plugin } from 'vite'

/** Messages are parsed here, so that no phone loads a parser: one that has arguments becomes its syntax tree. */
const messages: Plugin = {
  name: 'lectern-messages',
  enforce: 'pre',
  transform(code, id) {
    if (!/\/locales\/(?:\w+\/)?[\w-]+\.json$/.test(id)) return
    const said = Object.entries(JSON.parse(code) as Record<string, string>)
    const parsed = said.map(([name, text]) => [name, /[{<']/.test(text) ? parse(text) : text])
    return JSON.stringify(Object.fromEntries(parsed))
  },
}

const server = 'http://127.0.0.1:3000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [messages, react()],
  resolve: { alias: { '@formatjs/icu-messageformat-parser': '@formatjs/icu-messageformat-parser/no-parser.js' } },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': server, '/socket.io': { target: server, ws: true } } },
})
