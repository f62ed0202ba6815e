param location string
param imageTag string
param minReplicas int
param readerPrincipalId string

@secure()
param apiKey string

var suffix = uniqueString(resourceGroup().id)
var images = '${registry.properties.loginServer}/flagcloud'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: 'flagcloud${suffix}'
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud'
  location: location
}

module pull 'pull.bicep' = {
  params: { registryName: registry.name, principalId: identity.properties.principalId }
}

module storage 'storage.bicep' = {
  params: {
    location: location
    accountName: 'flagcloud${take(suffix, 12)}'
    siloPrincipalIds: [identity.properties.principalId]
    readerPrincipalId: readerPrincipalId
  }
}

module environment 'environment.bicep' = {
  params: { location: location }
}

var cluster = [
  { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
  { name: 'ConnectionStrings__blobs', value: storage.outputs.blobs }
  { name: 'ConnectionStrings__tables', value: storage.outputs.tables }
  { name: 'Orleans__ClusterId', value: 'container-apps' }
  { name: 'Orleans__ServiceId', value: 'flagcloud' }
  { name: 'Orleans__Clustering__ProviderType', value: 'AzureTableStorage' }
  { name: 'Orleans__Clustering__ServiceKey', value: 'tables' }
  { name: 'Orleans__EnableDistributedTracing', value: 'true' }
]

// Silo and web in one app: the containers of an app share their network, so that web reaches the silo on loopback and nothing else does.
resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'flagcloud'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [pull]
  properties: {
    environmentId: environment.outputs.id
    configuration: {
      activeRevisionsMode: 'Single'
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      secrets: [{ name: 'api-key', value: apiKey }]
      ingress: { external: true, targetPort: 8080, transport: 'http' }
    }
    template: {
      terminationGracePeriodSeconds: 30
      // One at most: it is one silo. A watcher's connection keeps it; without any request it ends after five minutes, and a comparison goes on when it is back.
      scale: { minReplicas: minReplicas, maxReplicas: 1 }
      containers: [
        {
          name: 'web'
          image: '${images}/web:${imageTag}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(cluster, [
            { name: 'ASPNETCORE_HTTP_PORTS', value: '8080' }
            { name: 'Api__Key', secretRef: 'api-key' }
            { name: 'OTEL_SERVICE_NAME', value: 'web' }
          ])
          probes: [
            { type: 'Readiness', httpGet: { path: '/health', port: 8080 }, periodSeconds: 5, timeoutSeconds: 5 }
            { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5 }
          ]
        }
        {
          name: 'silo'
          image: '${images}/silo:${imageTag}'
          resources: { cpu: 1, memory: '2Gi' }
          env: concat(cluster, [
            { name: 'ASPNETCORE_HTTP_PORTS', value: '8081' }
            { name: 'services__origin__http__0', value: 'http://origin' }
            { name: 'Orleans__Name', value: 'silo' }
            { name: 'Orleans__Endpoints__AdvertisedIPAddress', value: '127.0.0.1' }
            { name: 'Orleans__Reminders__ProviderType', value: 'AzureTableStorage' }
            { name: 'Orleans__Reminders__ServiceKey', value: 'tables' }
            { name: 'OTEL_SERVICE_NAME', value: 'silo' }
          ])
          probes: [
            { type: 'Startup', httpGet: { path: '/health', port: 8081 }, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 60 }
            { type: 'Liveness', httpGet: { path: '/alive', port: 8081 }, periodSeconds: 10, timeoutSeconds: 5 }
          ]
        }
      ]
    }
  }
}

module origin 'origin.bicep' = {
  dependsOn: [pull]
  params: {
    location: location
    environmentId: environment.outputs.id
    registryServer: registry.properties.loginServer
    pullIdentityId: identity.id
    imageTag: imageTag
    minReplicas: minReplicas
  }
}

output url string = 'https://${app.properties.configuration.ingress.fqdn}'
output dashboard string = environment.outputs.dashboard
output storage string = storage.outputs.accountName
output logs string = environment.outputs.logs
