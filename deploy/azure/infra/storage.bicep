// The storage account, which has no keys, and who may do what in it. It holds FlagCloud and nothing else, so that the roles are the account's.
param location string
param accountName string

@description('Silos: they write flags and records, and share membership and reminders by tables.')
param siloPrincipalIds array

@description('Web: it reads flags and records. Orleans\' client makes the membership table if it is missing, which takes the contributor.')
param webPrincipalIds array = []

@description('Who may look at the records with their own sign-in; empty for nobody.')
param readerPrincipalId string = ''

var blobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
var blobDataReader = '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'
var tableDataContributor = '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'

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

var grants = concat(
  flatten(map(siloPrincipalIds, id => [{ id: id, role: blobDataContributor }, { id: id, role: tableDataContributor }])),
  flatten(map(webPrincipalIds, id => [{ id: id, role: blobDataReader }, { id: id, role: tableDataContributor }])))

resource roles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for grant in grants: {
    scope: account
    name: guid(account.id, grant.id, grant.role)
    properties: {
      principalId: grant.id
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', grant.role)
    }
  }
]

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (!empty(readerPrincipalId)) {
  scope: account
  name: guid(account.id, readerPrincipalId, blobDataReader)
  properties: {
    principalId: readerPrincipalId
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', blobDataReader)
  }
}

output accountName string = account.name
output blobs string = account.properties.primaryEndpoints.blob
output tables string = account.properties.primaryEndpoints.table
