# The clerk as a container image: `docker build -t msc-clerk .` in a checkout. How to run it is in docs/hosting.md.
# Another base will do, if it has Node 20.19, or 22 and newer, with npm, and glibc or musl: --build-arg BASE=…
ARG BASE=node:24-bookworm-slim

FROM ${BASE} AS build
WORKDIR /build
RUN mkdir data
COPY package.json package-lock.json ./
COPY sandbox/package.json sandbox/
RUN npm ci --omit=dev --ignore-scripts && rm node_modules/msc-clerk node_modules/msc-clerk-sandbox
# Only compiled here: types are what CI checks, and what declares them need not be installed for it.
COPY tsconfig.json tsconfig.build.json tsconfig.image.json ./
COPY src src
RUN version="$(node -p 'require("./package-lock.json").packages["node_modules/typescript"].version')" \
  && npx --yes --package "typescript@$version" tsc -p tsconfig.image.json

FROM ${BASE}
WORKDIR /app
COPY --from=build /build/node_modules node_modules
COPY --from=build /build/dist dist
COPY package.json app.yml app.merge.yml LICENSE ./
# The one place that is written to: a volume. It belongs to the user below, and a volume made on it does too.
COPY --from=build --chown=10001:10001 /build/data /data
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data
VOLUME /data
EXPOSE 3000
# By number, as a base need not know the user.
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "/app/dist/cli/cli.js"]
CMD ["start"]
