using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlagCloud.Tests.Hosting;

namespace FlagCloud.Tests.Api;

public sealed class OpenApiTests(AzuriteFixture azurite, SiloFixture fixture)
{
    static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whoever changes the API sees here what its clients will see; a change that is meant is accepted by copying the file that the message names.</summary>
    [Fact]
    public async Task Description_of_the_api_is_the_one_that_is_written_down()
    {
        var host = await fixture.Host(azurite);
        var description = JsonNode.Parse(await host.Client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject();
        description.Remove("servers"); // Where this test's web happens to listen.
        var (said, written) = (description.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n", Repository.PathTo("FlagCloud.Tests", "Api", "openapi.json"));
        var actual = Path.Combine(AppContext.BaseDirectory, "openapi.json");
        await File.WriteAllTextAsync(actual, said, TestContext.Current.CancellationToken);

        Assert.True(said == await File.ReadAllTextAsync(written, TestContext.Current.CancellationToken), $"The API is described otherwise than in {written}. If that is meant, copy {actual} there.");
    }
}
