using System.Text.RegularExpressions;
using FlagCloud.Tests.Hosting;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace FlagCloud.Tests.Deploy;

/// <summary>A container of a manifest: its name and its environment, as the file has it.</summary>
sealed record ManifestService(string Name, IReadOnlyDictionary<string, string> Environment);

/// <summary>The services of a manifest with their environments.</summary>
sealed record Manifest(IReadOnlyList<ManifestService> Silos, ManifestService Web, ManifestService Origin)
{
    public const string ApiKey = "a-key-that-only-tests-use";
}

/// <summary>deploy/compose/compose.yaml, its anchors merged and its variables filled in.</summary>
static partial class ComposeManifest
{
    public static Dictionary<string, Dictionary<object, object>> Services(IReadOnlyDictionary<string, string> variables)
    {
        using var text = new StringReader(Interpolate(File.ReadAllText(Repository.PathTo("deploy", "compose", "compose.yaml")), variables));
        var file = new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(text)));
        return ((Dictionary<object, object>)file["services"]).ToDictionary(pair => (string)pair.Key, pair => (Dictionary<object, object>)pair.Value);
    }

    public static Manifest Read()
    {
        var services = Services(new Dictionary<string, string> { ["FLAGCLOUD_API_KEY"] = Manifest.ApiKey });
        return new([Service("silo-1"), Service("silo-2"), Service("silo-3")], Service("web"), Service("origin"));
        ManifestService Service(string name) => new(name, ((Dictionary<object, object>)services[name]["environment"]).ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value));
    }

    // ${NAME}, ${NAME:-default} and ${NAME:?message}, as compose has them.
    static string Interpolate(string text, IReadOnlyDictionary<string, string> variables) => Variable().Replace(text, match =>
        variables.TryGetValue(match.Groups["name"].Value, out var value) ? value
        : match.Groups["sign"].Value is "-" ? match.Groups["rest"].Value
        : throw new InvalidDataException($"compose.yaml needs {match.Groups["name"].Value}, and it is not set: {match.Groups["rest"].Value}"));

    [GeneratedRegex(@"\$\{(?<name>\w+)(:(?<sign>[-?])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
