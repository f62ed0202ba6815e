// FlagCloud on AKS: pods have addresses of their own, so that silos scale as replicas of one Deployment (deploy/kubernetes/aks).
param location string = resourceGroup().location

@minValue(1)
@maxValue(10)
param nodeCount int = 3

param nodeSize string = 'Standard_D2s_v5'

@description('Object id of who may read the records from storage: az ad signed-in-user show --query id -o tsv')
param readerPrincipalId string = ''

var suffix = uniqueString(resourceGroup().id)

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'flagcloud${suffix}'
}

var roles = ['silo', 'web']

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [
  for role in roles: {
    name: 'flagcloud-${role}'
    location: location
  }
]

module storage '../infra/storage.bicep' = {
  params: {
    location: location
    accountName: 'flagcloud${take(suffix, 12)}'
    siloPrincipalIds: [identities[0].properties.principalId]
    webPrincipalIds: [identities[1].properties.principalId]
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

// What the pods write, to the workspace: without a rule and its association the agent would collect nothing.
resource collection 'Microsoft.Insights/dataCollectionRules@2023-03-11' = {
  name: 'flagcloud-logs'
  location: location
  kind: 'Linux'
  properties: {
    dataSources: {
      extensions: [
        {
          name: 'ContainerInsights'
          extensionName: 'ContainerInsights'
          streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory']
          extensionSettings: {
            dataCollectionSettings: { interval: '1m', namespaceFilteringMode: 'Include', namespaces: ['flagcloud'], enableContainerLogV2: true }
          }
        }
      ]
    }
    destinations: { logAnalytics: [{ name: 'workspace', workspaceResourceId: logs.id }] }
    dataFlows: [{ streams: ['Microsoft-ContainerLogV2', 'Microsoft-KubeEvents', 'Microsoft-KubePodInventory'], destinations: ['workspace'] }]
  }
}

resource collected 'Microsoft.Insights/dataCollectionRuleAssociations@2023-03-11' = {
  scope: cluster
  name: 'flagcloud-logs'
  properties: { dataCollectionRuleId: collection.id }
}

// The pods' service accounts, and no others, may act as the identities.
resource federations 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = [
  for (role, i) in roles: {
    parent: identities[i]
    name: role
    properties: {
      issuer: cluster.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:flagcloud:${role}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

module pull '../infra/pull.bicep' = {
  params: { registryName: registry.name, principalId: cluster.properties.identityProfile.kubeletidentity.objectId }
}

output cluster string = cluster.name
output registry string = registry.properties.loginServer
output blobs string = storage.outputs.blobs
output tables string = storage.outputs.tables
output siloClientId string = identities[0].properties.clientId
output webClientId string = identities[1].properties.clientId
output logs string = logs.properties.customerId
