// FlagCloud on AKS: pods have addresses of their own, so that silos scale as replicas of one Deployment (deploy/kubernetes/aks).
param location string = resourceGroup().location

@description('The output registryName of ../registry.bicep.')
param registryName string

@minValue(1)
@maxValue(10)
param nodeCount int = 3

param nodeSize string = 'Standard_D2s_v5'

@description('Object id of who may read the records from storage: az ad signed-in-user show --query id -o tsv')
param readerPrincipalId string = ''

var suffix = uniqueString(resourceGroup().id)
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud-silo'
  location: location
}

module storage '../modules/storage.bicep' = {
  params: {
    location: location
    accountName: 'flagcloud${take(suffix, 12)}'
    siloPrincipalId: identity.properties.principalId
    readerPrincipalId: readerPrincipalId
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'flagcloud-logs'
  location: location
  properties: {
    retentionInDays: 30
    sku: { name: 'PerGB2018' }
  }
}

resource cluster 'Microsoft.ContainerService/managedClusters@2025-01-01' = {
  name: 'flagcloud'
  location: location
  sku: { name: 'Base', tier: 'Free' }
  identity: { type: 'SystemAssigned' }
  properties: {
    dnsPrefix: 'flagcloud-${suffix}'
    disableLocalAccounts: false
    agentPoolProfiles: [
      {
        name: 'system'
        mode: 'System'
        count: nodeCount
        vmSize: nodeSize
        osType: 'Linux'
        osSKU: 'AzureLinux'
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: 'cilium'
      networkPolicy: 'cilium' // Without it, network.yaml would be read and not enforced.
    }
    oidcIssuerProfile: { enabled: true }
    securityProfile: { workloadIdentity: { enabled: true } }
    addonProfiles: {
      omsagent: {
        enabled: true
        config: { logAnalyticsWorkspaceResourceID: logs.id, useAADAuth: 'true' }
      }
    }
  }
}

// The pods' service account, and no other, may act as the identity.
resource federation 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: identity
  name: 'silo'
  properties: {
    issuer: cluster.properties.oidcIssuerProfile.issuerURL
    subject: 'system:serviceaccount:flagcloud:silo'
    audiences: ['api://AzureADTokenExchange']
  }
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, cluster.id, acrPull)
  properties: {
    principalId: cluster.properties.identityProfile.kubeletidentity.objectId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

output clusterName string = cluster.name
output storageAccount string = storage.outputs.accountName
output clientId string = identity.properties.clientId
