// The storage account, without keys, and who may use which of its containers.
param location string
param accountName string

@description('The silos. They may read and write blobs in these containers, and nothing else.')
param siloPrincipalId string

@description('Who may look at the records with their own sign-in; empty for nobody.')
param readerPrincipalId string = ''

var containerNames = ['flags', 'comparisons', 'answers', 'health']

var blobDataContributor = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
var blobDataReader = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: accountName
  location: location
  sku: { name: 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource containers 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [
  for name in containerNames: {
    parent: blobs
    name: name
  }
]

resource silos 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (name, i) in containerNames: {
    scope: containers[i]
    name: guid(account.id, name, siloPrincipalId, blobDataContributor)
    properties: {
      principalId: siloPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: blobDataContributor
    }
  }
]

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(readerPrincipalId)) {
  scope: containers[1]
  name: guid(account.id, 'comparisons', readerPrincipalId, blobDataReader)
  properties: {
    principalId: readerPrincipalId
    roleDefinitionId: blobDataReader
  }
}

output blobEndpoint string = account.properties.primaryEndpoints.blob
output accountName string = account.name
