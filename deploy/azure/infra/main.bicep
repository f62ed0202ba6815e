// FlagCloud the short way: one silo and one web on Azure Container Apps, which get at storage as what they are. No key of storage, no network of one's own.
targetScope = 'subscription'

@description('Also the name of the resource group.')
param environmentName string
param location string

@description('Whoever has it may start and cancel comparisons. At least 16 characters: openssl rand -hex 24')
@secure()
@minLength(16)
param apiKey string

param imageTag string = '0.1.0'

@description('0: nothing runs, and next to nothing is paid, while nobody asks for a page. 1: somebody who comes does not wait.')
@minValue(0)
@maxValue(1)
param minReplicas int = 0

@description('Object id of who may read the records from storage: az ad signed-in-user show --query id -o tsv')
param readerPrincipalId string = ''

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: environmentName
  location: location
  tags: { 'azd-env-name': environmentName }
}

module flagcloud 'flagcloud.bicep' = {
  scope: group
  params: {
    location: location
    apiKey: apiKey
    imageTag: imageTag
    minReplicas: minReplicas
    readerPrincipalId: readerPrincipalId
  }
}

output url string = flagcloud.outputs.url
output dashboard string = flagcloud.outputs.dashboard
output storage string = flagcloud.outputs.storage
output logs string = flagcloud.outputs.logs
