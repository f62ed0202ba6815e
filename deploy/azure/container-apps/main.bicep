// FlagCloud on Azure Container Apps, as Orleans' guidance has it: an internal environment, each silo an app of its own with one
// replica and a pair of ports of its own on the environment's private address. Walkthrough: docs/walkthroughs/azure-container-apps.md
param location string = resourceGroup().location

@description('The output registryName of ../registry.bicep.')
param registryName string

param imageTag string = '0.1.0'

@minValue(1)
@maxValue(10)
param siloCount int = 3

@description('Whoever has it may start and cancel comparisons. At least 16 characters: openssl rand -hex 24')
@secure()
@minLength(16)
param apiKey string

@description('What the comparison job runs.')
param compareArguments array = ['compare', '--all', '--rounds', '5']

@description('Object id of who may read the records from storage: az ad signed-in-user show --query id -o tsv')
param readerPrincipalId string = ''

@allowed(['Enabled', 'Disabled'])
param redisHighAvailability string = 'Enabled'

var suffix = uniqueString(resourceGroup().id)
var acrPull = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '7f951dda-4ed3-4680-a7ca-43fe172d538d')
var telemetry = [
  { name: 'OTEL_EXPORTER_OTLP_ENDPOINT', value: 'http://dashboard:18890' }
  { name: 'OTEL_EXPORTER_OTLP_PROTOCOL', value: 'http/protobuf' }
]

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'flagcloud-silo'
  location: location
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: registry
  name: guid(registry.id, identity.id, acrPull)
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: acrPull
  }
}

module storage '../modules/storage.bicep' = {
  params: {
    location: location
    accountName: 'flagcloud${take(suffix, 12)}'
    siloPrincipalId: identity.properties.principalId
    readerPrincipalId: readerPrincipalId
  }
}

module redis '../modules/redis.bicep' = {
  params: {
    location: location
    name: 'flagcloud-${suffix}'
    highAvailability: redisHighAvailability
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

resource network 'Microsoft.Network/virtualNetworks@2024-05-01' = {
  name: 'flagcloud'
  location: location
  properties: {
    addressSpace: { addressPrefixes: ['10.60.0.0/16'] }
    subnets: [
      {
        name: 'apps'
        properties: {
          addressPrefix: '10.60.0.0/23'
          delegations: [{ name: 'apps', properties: { serviceName: 'Microsoft.App/environments' } }]
        }
      }
    ]
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'flagcloud'
  location: location
  properties: {
    vnetConfiguration: {
      internal: true // Without a public address; silo ports are never on the internet.
      infrastructureSubnetId: network.properties.subnets[0].id
    }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource silos 'Microsoft.App/containerApps@2025-01-01' = [
  for i in range(1, siloCount): {
    name: 'silo-${i}'
    location: location
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: { '${identity.id}': {} }
    }
    dependsOn: [pull]
    properties: {
      environmentId: environment.id
      configuration: {
        // Single: an old and a new replica of one app would share one advertised address; see "Upgrade" in the walkthrough.
        activeRevisionsMode: 'Single'
        registries: [{ server: registry.properties.loginServer, identity: identity.id }]
        secrets: [
          { name: 'api-key', value: apiKey }
          { name: 'redis', value: redis.outputs.connectionString }
        ]
        ingress: {
          external: true
          targetPort: 8080
          transport: 'http'
          allowInsecure: true // Within the virtual network only: the comparison job asks silo-1 by its name.
          stickySessions: { affinity: 'sticky' }
          additionalPortMappings: [
            { external: true, targetPort: 11110 + i, exposedPort: 11110 + i }
            { external: true, targetPort: 30000 + i, exposedPort: 30000 + i }
          ]
        }
      }
      template: {
        terminationGracePeriodSeconds: 30
        scale: { minReplicas: 1, maxReplicas: 1 }
        containers: [
          {
            name: 'silo'
            image: '${registry.properties.loginServer}/flagcloud/silo:${imageTag}'
            resources: { cpu: 1, memory: '2Gi' }
            env: concat(telemetry, [
              { name: 'ASPNETCORE_ENVIRONMENT', value: 'Production' }
              { name: 'ASPNETCORE_HTTP_PORTS', value: '8080' }
              { name: 'Api__Key', secretRef: 'api-key' }
              { name: 'AZURE_CLIENT_ID', value: identity.properties.clientId }
              { name: 'ConnectionStrings__blobs', value: storage.outputs.blobEndpoint }
              { name: 'ConnectionStrings__redis', secretRef: 'redis' }
              { name: 'services__origin__http__0', value: 'http://origin' }
              { name: 'Orleans__Name', value: 'silo-${i}' }
              { name: 'Orleans__ClusterId', value: 'container-apps' }
              { name: 'Orleans__ServiceId', value: 'flagcloud' }
              { name: 'Orleans__Endpoints__AdvertisedIPAddress', value: environment.properties.staticIp }
              { name: 'Orleans__Endpoints__SiloPort', value: '${11110 + i}' }
              { name: 'Orleans__Endpoints__GatewayPort', value: '${30000 + i}' }
              { name: 'Cluster__ListenAddress', value: '0.0.0.0' }
              { name: 'Orleans__Clustering__ProviderType', value: 'Redis' }
              { name: 'Orleans__Clustering__ServiceKey', value: 'redis' }
              { name: 'Orleans__Reminders__ProviderType', value: 'Redis' }
              { name: 'Orleans__Reminders__ServiceKey', value: 'redis' }
              { name: 'Orleans__EnableDistributedTracing', value: 'true' }
              { name: 'OTEL_SERVICE_NAME', value: 'silo-${i}' }
            ])
            probes: [
              { type: 'Startup', httpGet: { path: '/health', port: 8080 }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 30 }
              { type: 'Readiness', httpGet: { path: '/health', port: 8080 }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 2 }
              { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 }
            ]
          }
        ]
      }
    }
  }
]

resource origin 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'origin'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [pull]
  properties: {
    environmentId: environment.id
    configuration: {
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      identitySettings: [{ identity: identity.id, lifecycle: 'None' }] // To pull the image with; the origin itself cannot use it.
      ingress: { external: false, targetPort: 8080, transport: 'http', allowInsecure: true }
    }
    template: {
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'origin'
          image: '${registry.properties.loginServer}/flagcloud/origin:${imageTag}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: concat(telemetry, [
            { name: 'ASPNETCORE_ENVIRONMENT', value: 'Production' }
            { name: 'ASPNETCORE_HTTP_PORTS', value: '8080' }
            { name: 'OTEL_SERVICE_NAME', value: 'origin' }
          ])
          probes: [
            { type: 'Readiness', httpGet: { path: '/health', port: 8080 } }
            { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, timeoutSeconds: 5 }
          ]
        }
      ]
    }
  }
}

resource dashboard 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'dashboard'
  location: location
  properties: {
    environmentId: environment.id
    configuration: {
      ingress: {
        external: true
        targetPort: 18888
        transport: 'http'
        additionalPortMappings: [{ external: false, targetPort: 18890, exposedPort: 18890 }]
      }
    }
    template: {
      scale: { minReplicas: 1, maxReplicas: 1 }
      containers: [
        {
          name: 'dashboard'
          image: 'mcr.microsoft.com/dotnet/aspire-dashboard:13.0'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [{ name: 'DASHBOARD__OTLP__AUTHMODE', value: 'Unsecured' }] // Only this environment's apps reach the port.
        }
      ]
    }
  }
}

// The environment has no public address, so the client runs in it too: az containerapp job start -n compare
resource compare 'Microsoft.App/jobs@2025-01-01' = {
  name: 'compare'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  dependsOn: [pull]
  properties: {
    environmentId: environment.id
    configuration: {
      triggerType: 'Manual'
      replicaTimeout: 3600
      replicaRetryLimit: 0
      manualTriggerConfig: { parallelism: 1, replicaCompletionCount: 1 }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      identitySettings: [{ identity: identity.id, lifecycle: 'None' }]
      secrets: [{ name: 'api-key', value: apiKey }]
    }
    template: {
      containers: [
        {
          name: 'compare'
          image: '${registry.properties.loginServer}/flagcloud/cli:${imageTag}'
          args: compareArguments
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'SILO_HTTP', value: 'http://silo-1' }
            { name: 'FLAGCLOUD_API_KEY', secretRef: 'api-key' }
          ]
        }
      ]
    }
  }
}

output storageAccount string = storage.outputs.accountName
output staticIp string = environment.properties.staticIp
output defaultDomain string = environment.properties.defaultDomain
output logWorkspaceId string = logs.properties.customerId
