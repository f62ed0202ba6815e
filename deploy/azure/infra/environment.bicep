// A Container Apps environment with its logs and Aspire's dashboard.
param location string

@description('Of a private environment; empty for a public one without a virtual network.')
param subnetId string = ''

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: 'flagcloud-logs'
  location: location
  properties: {
    retentionInDays: 30
    sku: { name: 'PerGB2018' }
  }
}

resource environment 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: 'flagcloud'
  location: location
  properties: {
    vnetConfiguration: empty(subnetId) ? null : { internal: true, infrastructureSubnetId: subnetId }
    workloadProfiles: [{ name: 'Consumption', workloadProfileType: 'Consumption' }]
    appLogsConfiguration: { destination: 'azure-monitor' }
  }

  // Collects the telemetry of every app of the environment, for whoever may read the environment.
  resource dashboard 'dotNetComponents@2024-10-02-preview' = {
    name: 'aspire-dashboard'
    properties: { componentType: 'AspireDashboard' }
  }
}

resource logging 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: environment
  name: 'logs'
  properties: {
    workspaceId: logs.id
    logs: [
      { category: 'ContainerAppConsoleLogs', enabled: true }
      { category: 'ContainerAppSystemLogs', enabled: true }
    ]
  }
}

output id string = environment.id
output staticIp string = environment.properties.staticIp
output defaultDomain string = environment.properties.defaultDomain
output dashboard string = 'https://aspire-dashboard.ext.${environment.properties.defaultDomain}'
output logs string = logs.properties.customerId
