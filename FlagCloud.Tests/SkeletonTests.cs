namespace FlagCloud.Tests;

public sealed class SkeletonTests
{
    [Fact]
    public void Runner_works() => Assert.Equal(4, 2 + 2);
}
