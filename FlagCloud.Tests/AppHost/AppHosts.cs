namespace FlagCloud.Tests.AppHost;

/// <summary>Tests that start whole apps take turns: one has as many processes as two cores can start at once.</summary>
[CollectionDefinition]
public sealed class AppHosts;
