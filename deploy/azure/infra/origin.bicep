// The origin of the flags, within its environment only. One replica: its limits, and its count of requests in flight, are those of one process.
param location string
param environmentId string
param registryServer string
param pullIdentityId string
param imageTag string
param minReplicas int

resource origin 'Microsoft.App/containerApps@2025-01-01' = {
  name: 'origin'
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${pullIdentityId}': {} }
  }
  properties: {
    environmentId: environmentId
    configuration: {
      registries: [{ server: registryServer, identity: pullIdentityId }]
      identitySettings: [{ identity: pullIdentityId, lifecycle: 'None' }] // To pull the image with; the origin itself cannot use it.
      ingress: { external: false, targetPort: 8080, transport: 'http', allowInsecure: true }
    }
    template: {
      scale: { minReplicas: minReplicas, maxReplicas: 1 }
      containers: [
        {
          name: 'origin'
          image: '${registryServer}/flagcloud/origin:${imageTag}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'ASPNETCORE_HTTP_PORTS', value: '8080' }
            { name: 'OTEL_SERVICE_NAME', value: 'origin' }
          ]
          probes: [
            { type: 'Readiness', httpGet: { path: '/health', port: 8080 } }
            { type: 'Liveness', httpGet: { path: '/alive', port: 8080 }, timeoutSeconds: 5 }
          ]
        }
      ]
    }
  }
}
