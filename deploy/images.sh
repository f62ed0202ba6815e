#!/usr/bin/env bash
# Builds the images of silo, web, origin and client (by the .NET SDK) and of Azurite (by the container engine).
#   deploy/images.sh                                         into the container engine of this machine
#   deploy/images.sh --arch arm64                            for the other architecture: arm64 or x64
#   deploy/images.sh -p:ContainerRegistry=NAME.azurecr.io    into a registry; without an engine, and then without Azurite, which the cloud does not need
# Bases: -p:ContainerBaseImage=… for the four, AZURITE_BASE for Azurite. CONFIGURATION is Release, unless it is set.
set -euo pipefail
cd "$(dirname "$0")/.."

registry='' platform=() previous=''
for argument in "$@"; do
  case $argument in -p:ContainerRegistry=*) registry=${argument#*=}/ ;; esac
  case $previous in --arch) platform=(--platform "linux/${argument/x64/amd64}") ;; esac
  previous=$argument
done

for project in Silo Web Origin Cli; do
  dotnet publish FlagCloud.$project -c "${CONFIGURATION:-Release}" -t:PublishContainer -v minimal --nologo "$@"
done

for engine in docker podman none; do
  if [ $engine = none ] || $engine info >/dev/null 2>&1; then break; fi
done
if [ $engine = none ]; then echo "Azurite's image was left out: neither docker nor podman answers."; exit; fi
azurite=${registry}flagcloud/azurite:3.37.0
[ -d azurite/node_modules ] || npm ci --prefix azurite --no-audit --no-fund
$engine build "${platform[@]}" ${AZURITE_BASE:+--build-arg "BASE=$AZURITE_BASE"} -f deploy/azurite.Containerfile -t "$azurite" azurite
if [ -n "$registry" ]; then $engine push "$azurite"; fi
