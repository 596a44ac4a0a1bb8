# Lectern as an image: what runs, and nothing that builds. `docker compose up --build` uses it; docs/operations.md says how.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run generate && npm run build
# What only builds, and what is in the pages already, stays here: test/fault/compose.test.ts holds that the server imports
# none of it.
RUN npm pkg delete devDependencies scripts.postinstall \
      dependencies.prisma dependencies.vite dependencies.@vitejs/plugin-react dependencies.@formatjs/icu-messageformat-parser \
      dependencies.@fontsource-variable/atkinson-hyperlegible-next dependencies.@fontsource-variable/instrument-sans \
      dependencies.@fontsource-variable/literata dependencies.react dependencies.react-dom dependencies.react-intl \
      dependencies.uqr dependencies.wouter dependencies.zustand \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/.cache \
 && find node_modules/@prisma/client/runtime -name 'query_compiler_*' ! -name '*postgresql*' -delete \
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json /app/tsconfig.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/prisma/migrations prisma/migrations
COPY --from=build /app/prisma/client prisma/client
COPY --from=build /app/client/dist client/dist
COPY --from=build /app/server server
RUN chmod +x server/cli/lectern.mjs && ln -s /app/server/cli/lectern.mjs /usr/local/bin/lectern && install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=4s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm, nor server/start.mjs: what that prepares is made, and a signal reaches this process itself.
CMD ["node", "--import", "tsx", "server/main.ts"]
