namespace FlagCloud.Tests.Hosting;

/// <summary>
/// Tests that run one after the other when no other does: those that look at every span of this process, and those that start so many processes that they need the machine themselves.
/// </summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
