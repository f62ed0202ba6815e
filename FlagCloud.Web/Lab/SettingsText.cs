using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace FlagCloud.Web.Lab;

static class SettingsText
{
    public static readonly IReadOnlyDictionary<string, string> Labels = Declared().ToDictionary(setting => setting.Property, setting => setting.Display.Name!);

    /// <summary>The settings that a form generates a field for: those that are usual, or the others.</summary>
    public static string[] Fields(bool usual) =>
    [
        .. Declared().Where(setting => setting.Display.GetAutoGenerateField() is not false && (setting.Display.GroupName is ComparisonSettings.Usual) == usual).Select(setting => setting.Property),
    ];

    public static string Short(Comparison comparison) => comparison is { Question: { } question, Trials: { } trials }
        ? $"question {question} · {trials.Count} trials"
        : $"{string.Join(", ", comparison.Settings.Strategies)} · {Countries(comparison.Settings)} · {comparison.Settings.Profile} · {comparison.Settings.Concurrency} in flight · {Rounds(comparison.Settings.Rounds)}";

    public static string Countries(ComparisonSettings settings) =>
        settings.Countries.SequenceEqual(Catalogue.Top20) ? "20 most populous"
        : settings.Countries.Count == Catalogue.All.Count ? $"all {settings.Countries.Count} flags"
        : settings.Countries.Count is 1 ? Catalogue.NameOf(settings.Countries[0]) : $"{settings.Countries.Count} flags";

    public static string Kind(Comparison comparison) => comparison.Trials is null ? "Strategy" : "Trial";

    public static string Rounds(int rounds) => rounds is 1 ? "1 round" : $"{rounds} rounds";

    public static string Percent(double share) => (share * 100).ToString(share is > 0.999 or 0 ? "0" : "0.0", CultureInfo.InvariantCulture) + " %";

    public static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Name and value of each setting that says something, for a table.</summary>
    public static IReadOnlyList<(string Name, string Value)> All(ComparisonSettings settings) =>
    [
        .. Labels.Where(label => label.Key is not (nameof(ComparisonSettings.Limit) or nameof(ComparisonSettings.Origin)))
            .Select(label => (label.Value, label.Key is nameof(ComparisonSettings.Countries) ? Countries(settings)
                : label.Key is nameof(ComparisonSettings.Profile) && settings.Origin is { } origin ? origin
                : Text(typeof(ComparisonSettings).GetProperty(label.Key)!.GetValue(settings)))),
    ];

    public static IReadOnlyList<(string Name, string Value)> All(ComparisonEnvironment environment) =>
    [
        ("Machine", environment.Machine), ("System", environment.OperatingSystem), ("Cores", Text(environment.Cores)), ("Runtime", environment.Runtime), ("Garbage collector", environment.GcMode),
        ("Build", environment.BuildConfiguration), ("Flag server", environment.Origin), ("Storage", environment.Storage), ("Silos", $"{environment.Silos.Count} ({string.Join(", ", environment.Silos)})"),
    ];

    static IEnumerable<(string Property, DisplayAttribute Display)> Declared() =>
        from property in typeof(ComparisonSettings).GetProperties()
        let display = property.GetCustomAttribute<DisplayAttribute>()
        where display is not null
        select (property.Name, display);

    static string Text(object? value) => value switch
    {
        null => "–",
        bool yes => yes ? "yes" : "no",
        IEnumerable<string> texts => string.Join(", ", texts),
        Enum one => one.ToString().ToLowerInvariant(),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
