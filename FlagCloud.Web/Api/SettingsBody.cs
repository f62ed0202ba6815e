using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FlagCloud.Web.Api;

/// <summary>Reads settings from a request: each member by itself, so that all that is wrong is said at once, and in the words of the settings' declaration.</summary>
static class SettingsBody
{
    static readonly Dictionary<string, PropertyInfo> Known = typeof(ComparisonSettings).GetProperties()
        .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always })
        .ToDictionary(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));

    static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static async Task<(ComparisonSettings Settings, IReadOnlyDictionary<string, string[]> Errors)> Read(Stream body, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(body, Strict, cancellationToken);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The latter for a text that is half of a character.
        {
            return (new(), Body(e.Message.Split(" Path: ")[0]));
        }
    }

    static (ComparisonSettings, IReadOnlyDictionary<string, string[]>) Read(JsonElement body)
    {
        var settings = new ComparisonSettings();
        if (body.ValueKind is not JsonValueKind.Object) return (settings, Body($"It is {body.ValueKind.ToString().ToLowerInvariant()} and must be an object."));
        var errors = new Dictionary<string, string[]>();
        foreach (var member in body.EnumerateObject())
            if (!Known.TryGetValue(member.Name, out var property))
                errors[member.Name] = [$"There is no such setting. There are {string.Join(", ", Known.Keys)}."];
            else if (!TrySet(settings, property, member))
                errors[member.Name] = [$"{Short(member.Value.GetRawText())} is not allowed. Give {Allowed(property)}."];
        // What has another type is said above; of the rest, what the declaration says.
        var wrong = new List<ValidationResult>();
        if (errors.Count > 0) Validator.TryValidateObject(settings, new(settings), wrong, validateAllProperties: true);
        foreach (var result in wrong) errors.TryAdd(JsonNamingPolicy.CamelCase.ConvertName(result.MemberNames.First()), [result.ErrorMessage!]);
        return (settings, errors);
    }

    static bool TrySet(ComparisonSettings settings, PropertyInfo property, JsonProperty member)
    {
        try
        {
            property.SetValue(settings, property.GetValue(new JsonObject { [member.Name] = JsonNode.Parse(member.Value.GetRawText()) }.Deserialize<ComparisonSettings>(FlagCloudJson.Options)));
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    public static string Allowed(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var range = property.GetCustomAttribute<BetweenAttribute>() is { } between ? FormattableString.Invariant($" from {between.Minimum} to {between.Maximum}") : "";
        return property.Name is nameof(ComparisonSettings.Countries) ? CountrySelection.Allowed["Give ".Length..].TrimEnd('.')
            : type.IsEnum ? $"one of {string.Join(", ", Enum.GetNames(type).Select(name => $"\"{JsonNamingPolicy.CamelCase.ConvertName(name)}\""))}"
            : type == typeof(bool) ? "true or false"
            : type == typeof(int) ? "a whole number" + range
            : type == typeof(double) ? "a number" + range
            : type == typeof(string) ? "a text"
            : "an array of texts";
    }

    static string Short(string text) => text.Length > 60 ? text[..60] + " …" : text;

    static Dictionary<string, string[]> Body(string what) => new() { ["body"] = [$"{what} The body is a JSON object; GET /openapi/v1.json describes it."] };
}
