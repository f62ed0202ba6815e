#!/usr/bin/env bash
# Runs the commands of docs/deploy.md that need neither a cloud nor a cluster, from the page. It starts the compose project "flagcloud" of this machine, and removes it with its volumes.
# Where the bases of the images cannot be downloaded: ContainerBaseImage and AZURITE_BASE name others.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! docker info >/dev/null 2>&1; then
  docker() { if [ "$1" = compose ]; then podman-compose --project-name flagcloud "${@:2}"; else podman "$@"; fi; }
  export -f docker
fi
bash -euxo pipefail -c "$(awk '/^```/ { inside = !inside; tried = 0; next } inside && $0 == "# tried" { tried = 1; next } inside && tried' docs/deploy.md)"
