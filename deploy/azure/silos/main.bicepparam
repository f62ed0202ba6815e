using 'main.bicep'

param apiKey = readEnvironmentVariable('FLAGCLOUD_API_KEY', '')
param readerPrincipalId = readEnvironmentVariable('READER_ID', '')
