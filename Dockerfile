# Alertree on Node 24, with its production dependencies and without a package manager.
FROM debian:trixie-slim AS npm
RUN apt-get update -qq \
 && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends ca-certificates node-corepack \
 && rm -rf /var/lib/apt/lists/* \
 && corepack enable --install-directory /usr/local/bin npm
# npm trusts what the image trusts, for builds behind a proxy that looks into TLS.
ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt \
    npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false
RUN corepack prepare --activate npm@11.19.1
WORKDIR /app
COPY .npmrc package.json package-lock.json ./

FROM npm AS production
RUN --mount=type=cache,target=/root/.npm npm ci --omit=dev

FROM npm AS build
RUN --mount=type=cache,target=/root/.npm npm ci
COPY tsconfig.json ./
COPY src ./src
RUN npm run build

FROM debian:trixie-slim
ARG VERSION=unreleased
ARG REVISION=unknown
LABEL org.opencontainers.image.title=Alertree \
      org.opencontainers.image.description="Keeps a tree of tickets in Redmine that tells the truth about your Alertmanager alerts" \
      org.opencontainers.image.licenses=MIT \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION
RUN groupadd --gid 10001 alertree \
 && useradd --uid 10001 --gid alertree --no-create-home --home-dir /data --shell /usr/sbin/nologin alertree \
 && install -d -o alertree -g alertree /data
COPY --chmod=755 deploy/docker/http-ok /usr/local/bin/
# Debian's Node is older; the one that Alertree is made for comes with its packages.
COPY --from=build /app/node_modules/node/bin/node /usr/local/bin/node
WORKDIR /app
COPY --from=production /app/package.json ./
COPY --from=production /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
ENV NODE_ENV=production ALERTREE_DATA_DIR=/data ALERTREE_LISTEN=:5005
USER alertree
VOLUME /data
EXPOSE 5005
HEALTHCHECK --interval=5s --timeout=5s --start-period=10s CMD http-ok "${ALERTREE_LISTEN##*:}" /-/healthy
CMD ["node", "dist/main.js"]
