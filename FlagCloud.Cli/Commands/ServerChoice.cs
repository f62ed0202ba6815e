namespace FlagCloud.Cli.Commands;

/// <summary>Where flags come from: a profile of the origin, or a foreign site.</summary>
sealed record ServerChoice(string? Profile, string? Origin)
{
    /// <summary>The ancestor's own site; the silo takes it only if its allow-list has it.</summary>
    const string Remote = "https://www.fluentpython.com/data/flags/{code}/{code}.gif";

    public static ServerChoice Of(string name) => name.Equals("remote", StringComparison.OrdinalIgnoreCase)
        ? new(null, Remote)
        : new(name.ToLowerInvariant(), null);
}
