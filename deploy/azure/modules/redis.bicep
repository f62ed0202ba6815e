// Azure Managed Redis for membership and reminders: kilobytes. One endpoint, as Orleans' keys need no sharding.
param location string
param name string

@description('Enabled: membership survives the loss of a node. Disabled costs half and is for trying things out.')
@allowed(['Enabled', 'Disabled'])
param highAvailability string = 'Enabled'

resource redis 'Microsoft.Cache/redisEnterprise@2025-07-01' = {
  name: name
  location: location
  sku: { name: 'Balanced_B0' }
  properties: {
    highAvailability: highAvailability
    minimumTlsVersion: '1.2'
    publicNetworkAccess: 'Enabled' // With TLS and a key; a private endpoint costs extra and is not set up here.
  }
}

resource database 'Microsoft.Cache/redisEnterprise/databases@2025-07-01' = {
  parent: redis
  name: 'default'
  properties: {
    accessKeysAuthentication: 'Enabled'
    clientProtocol: 'Encrypted'
    clusteringPolicy: 'EnterpriseCluster'
    evictionPolicy: 'NoEviction'
    port: 10000
  }
}

@secure()
output connectionString string = '${redis.properties.hostName}:${database.properties.port},password=${database.listKeys().primaryKey},ssl=True,abortConnect=False'
