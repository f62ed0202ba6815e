using System.Reflection;
using System.Text.RegularExpressions;
using FlagCloud.Contracts;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Production;
using FlagCloud.Web.Access;
using Microsoft.Extensions.DependencyInjection;

namespace FlagCloud.Tests.Access;

/// <summary>Everything that changes anything asks for the key, whoever calls it.</summary>
public sealed partial class ChangesTests(AzuriteFixture azurite, ProductionSilo production)
{
    static readonly StoredFlag Flag = new() { Country = "br", ContentType = "image/svg+xml", Bytes = 1, ETag = "\"1\"" };

    static readonly Dictionary<string, object> Arguments = new()
    {
        [nameof(Changes.Start)] = new ComparisonSettings(),
        [nameof(Changes.Ask)] = "1",
        [nameof(Changes.Refresh)] = new[] { Flag },
        [nameof(Changes.Cancel)] = "20260101-000000-000-0000",
    };

    public static TheoryData<string> Every() => [.. typeof(Changes).GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Change_without_the_key_is_refused(string change)
    {
        var host = await production.Host(azurite);
        await using var scope = host.WebServices.CreateAsyncScope();
        var changes = scope.ServiceProvider.GetRequiredService<Changes>();

        await Assert.ThrowsAsync<ChangeRefusedException>(() => (Task)typeof(Changes).GetMethod(change)!.Invoke(changes, [Arguments[change]])!);
    }

    [Fact]
    public void Nothing_else_in_the_web_asks_a_grain_for_a_change()
    {
        var callers = Directory.EnumerateFiles(Repository.PathTo("FlagCloud.Web"), "*.*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".cs" or ".razor" && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Where(file => GrainChange().IsMatch(File.ReadAllText(file))).Select(Path.GetFileName);

        Assert.Equal(["Changes.cs"], callers);
    }

    // On a controller or the queue, everything but Get and Watch.
    [GeneratedRegex(@"(controller|IControllerGrain>\([^)]*\)|IQueueGrain>\([^)]*\))\.(?!Get\b|Watch\b)\w+\(")]
    private static partial Regex GrainChange();
}
