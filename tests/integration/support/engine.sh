#!/usr/bin/env bash
# Makes sure that a container engine, Compose v2 and the base image of our Dockerfiles are there.
#
#   engine.sh         uses what is there; on a Debian machine without an engine, as root, it brings what is missing
#   engine.sh stop    stops the engine if it was this script that started it
#
# It can be run any number of times. Where an image registry can be reached the base image is pulled; elsewhere it is
# made from Debian's packages, by the machine's own apt sources.
set -euo pipefail

readonly BASE_IMAGE=debian:trixie-slim
readonly BASE_SUITE=trixie
readonly KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
readonly STATE=/run/alertree-engine # belongs to the machine, as the engine does: checkouts share it
readonly DOCKERD_PID=/var/run/docker.pid
readonly CONTAINERD_PID=/var/run/docker/containerd/containerd.pid
readonly PULL_SECONDS=60
readonly START_SECONDS=60

# Not to standard output: some functions are called for theirs.
say() { printf 'engine: %s\n' "$*" >&2; }

# fail WHAT NEXT: what is wrong, and what to do about it.
fail() {
  printf 'engine: %s\n        %s\n' "$1" "$2" >&2
  exit 1
}

main() {
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  case "${1:-}" in
    '')
      ensure_engine
      ensure_compose
      ensure_base_image
      ;;
    stop) stop_engine ;;
    *) fail "unknown command $1" 'use: engine.sh [stop]' ;;
  esac
}

ensure_engine() {
  if docker info >/dev/null 2>&1; then
    say "an engine answers ($(docker version --format '{{.Server.Version}}'))"
    return
  fi
  command -v dockerd >/dev/null || install_packages 'container engine' docker.io
  command -v docker >/dev/null || install_packages 'client of a container engine' docker-cli # newer Debian parts them
  [ "$(id -u)" = 0 ] || fail 'no engine answers' 'start Docker, or run this as root'
  start_engine
}

start_engine() {
  if [ -d /run/systemd/system ]; then
    systemctl start docker
  elif ! is_running dockerd "$(cat "$DOCKERD_PID" 2>/dev/null)"; then # which an init script may have started
    mkdir -p "$STATE"
    # Of an engine that was killed; another process may have its number now, and then none would start.
    rm -f "$DOCKERD_PID"
    is_running containerd "$(cat "$CONTAINERD_PID" 2>/dev/null)" || rm -f "$CONTAINERD_PID"
    # In a session of its own, so that it outlives the terminal, with nothing of ours open.
    setsid dockerd >"$STATE/dockerd.log" 2>&1 </dev/null &
    echo $! >"$STATE/dockerd.pid"
  fi
  if ! wait_for_engine; then
    tail -n 20 "$STATE/dockerd.log" >&2 2>/dev/null || true
    fail "dockerd did not answer within $START_SECONDS s" "see $STATE/dockerd.log or journalctl -u docker"
  fi
  say "started dockerd $(docker version --format '{{.Server.Version}}')"
}

# is_running NAME PID: whether that program runs under that number.
is_running() {
  [ -n "$2" ] && [ "$(cat "/proc/$2/comm" 2>/dev/null)" = "$1" ]
}

wait_for_engine() {
  timeout "$START_SECONDS" bash -c 'until docker info >/dev/null 2>&1; do sleep 0.2; done'
}

stop_engine() {
  local pid
  pid=$(cat "$STATE/dockerd.pid" 2>/dev/null) || true
  if ! is_running dockerd "$pid"; then
    say 'no engine to stop: none was started here'
    return
  fi
  kill "$pid"
  timeout "$START_SECONDS" tail --pid="$pid" -f /dev/null ||
    fail "dockerd ($pid) did not stop within $START_SECONDS s" "see $STATE/dockerd.log"
  rm "$STATE/dockerd.pid"
  say "stopped dockerd ($pid)"
}

ensure_compose() {
  if docker compose version >/dev/null 2>&1; then
    say "Compose is there ($(docker compose version --short))"
    return
  fi
  local plugins="${DOCKER_CONFIG:-$HOME/.docker}/cli-plugins"
  download_debian_package docker-compose
  mkdir -p "$plugins"
  dpkg-deb --fsys-tarfile "$work"/docker-compose_*.deb |
    tar -xO ./usr/libexec/docker/cli-plugins/docker-compose >"$work/docker-compose"
  install -m 755 "$work/docker-compose" "$plugins/docker-compose"
  docker compose version >/dev/null 2>&1 ||
    fail "the Compose plugin in $plugins does not run" 'install Compose v2 as https://docs.docker.com/compose/install describes'
  say "put Debian's Compose plugin into $plugins ($(docker compose version --short))"
}

# download_debian_package NAME: from the suite of the base image, with apt's state apart from the machine's.
download_debian_package() {
  local options
  debian_sources 'Compose v2' >"$work/sources.list"
  mkdir -p "$work/lists/partial"
  options=(-qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
    -o "Dir::State::lists=$work/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=
    -o APT::Sandbox::User=root)
  apt-get "${options[@]}" update
  (cd "$work" && apt-get "${options[@]}" download "$1")
}

ensure_base_image() {
  if docker image inspect "$BASE_IMAGE" >/dev/null 2>&1; then
    say "$BASE_IMAGE is there"
  elif timeout "$PULL_SECONDS" docker pull -q "$BASE_IMAGE" >/dev/null 2>&1; then
    say "pulled $BASE_IMAGE"
  else
    make_base_image
    say "made $BASE_IMAGE from Debian's packages"
  fi
}

make_base_image() {
  local hooks trust=/etc/ssl/certs/ca-certificates.crt
  debian_sources "$BASE_IMAGE, which could not be pulled" >"$work/sources.list"
  command -v mmdebstrap >/dev/null || install_packages "$BASE_IMAGE, which could not be pulled" mmdebstrap
  # As the image of the same name: no caches, no translations, no documentation, and no fsync for each file.
  {
    echo 'Acquire::Languages "none"; Dir::Cache { pkgcache ""; srcpkgcache ""; };'
    machine_apt_options
  } >"$work/apt.conf"
  echo 'APT::Keep-Downloaded-Packages "false";' >"$work/image.conf"
  hooks=(--customize-hook="upload $work/image.conf /etc/apt/apt.conf.d/no-packages-kept")
  # What this machine trusts the builds on it must trust: a proxy that looks into TLS, for one.
  if [ -r "$trust" ]; then
    # shellcheck disable=SC2016 # mmdebstrap expands this
    hooks+=(--customize-hook='mkdir -p "$1/usr/local/share/ca-certificates"'
      --customize-hook="upload $trust /usr/local/share/ca-certificates/machine.crt")
  fi
  mmdebstrap --quiet --variant=minbase --aptopt="$work/apt.conf" \
    --dpkgopt=force-unsafe-io --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "${hooks[@]}" "$BASE_SUITE" "$work/base.tar" - <"$work/sources.list" ||
    fail "$BASE_IMAGE could not be made" "see above; or bring an image of that name: docker load, docker pull"
  docker import "$work/base.tar" "$BASE_IMAGE" >/dev/null
}

# debian_sources FOR: the machine's own sources of Debian packages, turned to the suite of the base image.
debian_sources() {
  local sources
  command -v apt-get >/dev/null || fail "this machine has no $1" 'install it, or use a Debian machine, where it can be made'
  [ -r "$KEYRING" ] || install_packages "$1" debian-archive-keyring
  sources=$(list_debian_sources)
  if [ -z "$sources" ] && [ "$(id -u)" = 0 ]; then
    apt-get -qq update
    sources=$(list_debian_sources)
  fi
  [ -n "$sources" ] ||
    fail "apt on this machine knows no Debian archive to make $1 from" 'run apt-get update, or bring it another way'
  echo "$sources"
}

list_debian_sources() {
  local codename uri component
  # shellcheck disable=SC2016 # apt expands these
  apt-get indextargets --format '$(CODENAME) $(REPO_URI) $(COMPONENT)' \
    'Created-By: Packages' 'Origin: Debian' 'Component: main' | sort -u |
    while read -r codename uri component; do
      case "$codename" in
        *-updates | *-security) echo "deb [signed-by=$KEYRING] $uri $BASE_SUITE-${codename##*-} $component" ;;
        *-*) ;; # backports and the like are not part of a release
        *) echo "deb [signed-by=$KEYRING] $uri $BASE_SUITE $component" ;;
      esac
    done
}

# What the machine's apt needs to reach its sources (a proxy, a mirror with old dates) the base image needs as well.
machine_apt_options() {
  apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-(Valid-Until|Date)|Retries) ' || true
}

# install_packages FOR PACKAGE...
install_packages() {
  local purpose=$1
  shift
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    fail "this machine has no $purpose" "install it (on Debian as root: apt-get install $*) and run this again"
  fi
  apt-get -qq update
  DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
  say "installed $*"
}

main "$@"
