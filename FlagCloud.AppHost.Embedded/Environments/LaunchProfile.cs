using System.Text.Json;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Environments;

/// <summary>The profile of a project's launchSettings.json that <c>dotnet run</c> would take.</summary>
internal sealed record LaunchProfile(string Name, IReadOnlyDictionary<string, string> Variables)
{
    static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static LaunchProfile? Of(ProjectResource project)
    {
        var file = Path.Combine(Path.GetDirectoryName(project.Metadata.ProjectPath)!, "Properties", "launchSettings.json");
        if (!File.Exists(file))
            return null;
        try
        {
            using var settings = JsonDocument.Parse(File.ReadAllBytes(file), Lenient);
            return Choose(settings.RootElement, Environment.GetEnvironmentVariable("DOTNET_LAUNCH_PROFILE"));
        }
        catch (JsonException e)
        {
            throw new DistributedApplicationException($"{file} is not valid JSON: {e.Message}", e);
        }
    }

    /// <summary>The profile that the AppHost itself runs under, if the project has one of that name; else its first.</summary>
    static LaunchProfile? Choose(JsonElement settings, string? preferred)
    {
        if (!settings.TryGetProperty("profiles", out var all))
            return null;
        var profiles = all.EnumerateObject()
            .Where(p => p.Value.TryGetProperty("commandName", out var command) && command.GetString() == "Project").ToList();
        var index = Math.Max(0, profiles.FindIndex(p => p.Name == preferred));
        return profiles.Count == 0 ? null : new(profiles[index].Name, VariablesOf(profiles[index].Value));
    }

    static Dictionary<string, string> VariablesOf(JsonElement profile) => profile.TryGetProperty("environmentVariables", out var variables)
        ? variables.EnumerateObject().ToDictionary(v => v.Name, v => v.Value.GetString() ?? "")
        : [];
}
