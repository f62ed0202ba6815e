using 'main.bicep'

param readerPrincipalId = readEnvironmentVariable('READER_ID', '')
