// First step: somewhere to push the images to.
param location string = resourceGroup().location

@description('Globally unique, 5 to 50 letters and digits.')
param registryName string = 'flagcloud${uniqueString(resourceGroup().id)}'

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' = {
  name: registryName
  location: location
  sku: { name: 'Basic' }
  properties: { adminUserEnabled: false }
}

output registryName string = registry.name
output registryServer string = registry.properties.loginServer
