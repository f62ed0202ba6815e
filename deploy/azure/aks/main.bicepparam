using 'main.bicep'

param registryName = readEnvironmentVariable('REGISTRY_NAME', 'flagcloudregistry')
param readerPrincipalId = readEnvironmentVariable('READER_ID', '')
