// Several silos on Azure Container Apps, as Orleans' guidance has it: a private environment, and each silo an app of its own with one replica and a pair of ports of
// its own on the environment's private address, which it advertises.
param location string = resourceGroup().location

@description('Whoever has it may start and cancel comparisons. At least 16 characters: openssl rand -hex 24')
@secure()
@minLength(16)
param apiKey string

@description('Each silo by its number, which gives its ports, with the version that it runs. An upgrade adds new numbers and then takes the old ones away.')
param silos array = [
  { number: 1, tag: '0.1.0' }
  { number: 2, tag: '0.1.0' }
  { number: 3, tag: '0.1.0' }
]

@description('The version of web, origin and client.')
param imageTag string = '0.1.0'

@description('What the job runs.')
param compareArguments array = ['compare', '--all', '--rounds', '6']

@description('Object id of who may read the records from storage: az ad signed-in-user show --query id -o tsv')
param readerPrincipalId string = ''

var suffix = uniqueString(resourceGroup().id)
var images = '${registry.properties.loginServer}/flagcloud'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'flagcloud${suffix}'
}

resource siloIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud-silo'
  location: location
}

resource webIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud-web'
  location: location
}

// Origin and job may do nothing but pull their images.
resource pullIdentity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud-pull'
  location: location
}

module pull '../infra/pull.bicep' = {
  params: { registryName: registry.name, principalId: pullIdentity.properties.principalId }
}

module storage '../infra/storage.bicep' = {
  params: {
    location: location
    accountName: 'flagcloud${take(suffix, 12)}'
    siloPrincipalIds: [siloIdentity.properties.principalId]
    webPrincipalIds: [webIdentity.properties.principalId]
    readerPrincipalId: readerPrincipalId
  }
}

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'flagcloud'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/16'] }
  }

  resource apps 'subnets' = {
    name: 'apps'
    properties: {
      addressPrefix: '10.60.0.0/23'
      delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
    }
  }
}

module environment '../infra/environment.bicep' = {
  params: { location: location, subnetId: network::apps.id }
}

// The apps' names, for whoever is in the network.
module names 'names.bicep' = {
  params: { domain: environment.outputs.defaultDomain, address: environment.outputs.staticIp, networkId: network.id }
}

var cluster = [
  { name: 'ASPNETCORE_HTTP_PORTS', value: '8080' }
  { name: 'ConnectionStrings__blobs', value: storage.outputs.blobs }
  { name: 'ConnectionStrings__tables', value: storage.outputs.tables }
  { name: 'Orleans__ClusterId', value: 'container-apps' }
  { name: 'Orleans__ServiceId', value: 'flagcloud' }
  { name: 'Orleans__Clustering__ProviderType', value: 'AzureTableStorage' }
  { name: 'Orleans__Clustering__ServiceKey', value: 'tables' }
  { name: 'Orleans__EnableDistributedTracing', value: 'true' }
]

resource siloApps 'Microsoft.App/containerApps@2025-01-01' = [
  for silo in silos: {
    name: 'silo-${silo.number}'
    location: location
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: { '${siloIdentity.id}': {}, '${pullIdentity.id}': {} }
    }
    dependsOn: [pull]
    properties: {
      environmentId: environment.outputs.id
      configuration: {
        activeRevisionsMode: 'Single'
        registries: [{ server: registry.properties.loginServer, identity: pullIdentity.id }]
        ingress: {
          external: true // In a private environment: the network, not the internet.
          transport: 'tcp'
          targetPort: 11110 + silo.number
          exposedPort: 11110 + silo.number
          additionalPortMappings: [{ external: true, targetPort: 30000 + silo.number, exposedPort: 30000 + silo.number }]
        }
      }
      template: {
        terminationGracePeriodSeconds: 30
        scale: { minReplicas: 1, maxReplicas: 1 }
        containers: [
          {
            name: 'silo'
            image: '${images}/silo:${silo.tag}'
            resources: { cpu: 1, memory: '2Gi' }
            env: concat(cluster, [
              { name: 'AZURE_CLIENT_ID', value: siloIdentity.properties.clientId }
              { name: 'services__origin__http__0', value: 'http://origin' }
              { name: 'Orleans__Name', value: 'silo-${silo.number}' }
              { name: 'Orleans__Endpoints__AdvertisedIPAddress', value: environment.outputs.staticIp }
              { name: 'Orleans__Endpoints__SiloPort', value: '${11110 + silo.number}' }
              { name: 'Orleans__Endpoints__GatewayPort', value: '${30000 + silo.number}' }
              { name: 'Cluster__ListenAddress', value: '0.0.0.0' }
              { name: 'Orleans__Reminders__ProviderType', value: 'AzureTableStorage' }
              { name: 'Orleans__Reminders__ServiceKey', value: 'tables' }
              { name: 'OTEL_SERVICE_NAME', value: 'silo-${silo.number}' }
            ])
            probes: [
              { type: 'Startup', httpGet: { path: '/health', port: 8080 }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 }
              { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5 }
            ]
          }
        ]
      }
    }
  }
]

resource web 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'web'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${webIdentity.id}': {}, '${pullIdentity.id}': {} }
  }
  dependsOn: [pull]
  properties: {
    environmentId: environment.outputs.id
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [{ server: registry.properties.loginServer, identity: pullIdentity.id }]
      secrets: [{ name: 'api-key', value: apiKey }]
      ingress: { external: true, targetPort: 8080, transport: 'http', allowInsecure: true } // Within the network only: the job asks it by its name.
    }
    template: {
      terminationGracePeriodSeconds: 30
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'web'
          image: '${images}/web:${imageTag}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(cluster, [
            { name: 'AZURE_CLIENT_ID', value: webIdentity.properties.clientId }
            { name: 'Api__Key', secretRef: 'api-key' }
            { name: 'OTEL_SERVICE_NAME', value: 'web' }
          ])
          probes: [
            { type: 'Readiness', httpGet: { path: '/health', port: 8080 }, periodSeconds: 5, timeoutSeconds: 5 }
            { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5 }
          ]
        }
      ]
    }
  }
}

module origin '../infra/origin.bicep' = {
  dependsOn: [pull]
  params: {
    location: location
    environmentId: environment.outputs.id
    registryServer: registry.properties.loginServer
    pullIdentityId: pullIdentity.id
    imageTag: imageTag
    minReplicas: 1
  }
}

// The environment has no public address, so the client runs in it: az containerapp job start -n compare
resource compare 'Microsoft.App/jobs@2025-01-01' = {
  name: 'compare'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${pullIdentity.id}': {} }
  }
  dependsOn: [pull]
  properties: {
    environmentId: environment.outputs.id
    configuration: {
      triggerType: 'Manual'
      replicaTimeout: 3600
      replicaRetryLimit: 0
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      registries: [{ server: registry.properties.loginServer, identity: pullIdentity.id }]
      secrets: [{ name: 'api-key', value: apiKey }]
    }
    template: {
      containers: [
        {
          name: 'compare'
          image: '${images}/cli:${imageTag}'
          args: concat(compareArguments, ['--url', 'http://web'])
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [{ name: 'FLAGCLOUD_API_KEY', secretRef: 'api-key' }]
        }
      ]
    }
  }
}

output url string = 'https://${web.properties.configuration.ingress.fqdn}'
output storage string = storage.outputs.accountName
output logs string = environment.outputs.logs
