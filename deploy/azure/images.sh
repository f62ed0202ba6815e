#!/usr/bin/env bash
# Makes resource group and registry, and pushes the images of this working copy: what infra/main.bicep takes for granted.
set -euo pipefail
cd "$(dirname "$0")"
az group create -n "$AZURE_ENV_NAME" -l "$AZURE_LOCATION" -o none
registry=$(az deployment group create -g "$AZURE_ENV_NAME" -n registry -f infra/registry.bicep --query properties.outputs.registryName.value -o tsv)
token=$(az acr login -n "$registry" --expose-token --query accessToken -o tsv)
# The .NET SDK pushes by itself: no container engine is needed.
DOTNET_CONTAINER_PUSH_REGISTRY_UNAME=00000000-0000-0000-0000-000000000000 DOTNET_CONTAINER_PUSH_REGISTRY_PWORD=$token \
  ../images.sh --os linux --arch x64 "-p:ContainerRegistry=$registry.azurecr.io"
