namespace FlagCloud.Tests.Hosting;

/// <summary>Tests that look at every span of this process, or at times and threads that need a machine to themselves: they run when no other does.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;
