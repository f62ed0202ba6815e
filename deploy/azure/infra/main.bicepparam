using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'flagcloud')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param apiKey = readEnvironmentVariable('FLAGCLOUD_API_KEY', '')
param imageTag = readEnvironmentVariable('FLAGCLOUD_VERSION', '0.1.0')
param minReplicas = int(readEnvironmentVariable('FLAGCLOUD_MIN_REPLICAS', '0'))
param readerPrincipalId = readEnvironmentVariable('READER_ID', '')
