using 'main.bicep'

param registryName = readEnvironmentVariable('REGISTRY_NAME', 'flagcloudregistry')
param apiKey = readEnvironmentVariable('FLAGCLOUD_API_KEY', '')
param readerPrincipalId = readEnvironmentVariable('READER_ID', '')
