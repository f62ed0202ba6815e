using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace FlagCloud.Contracts;

/// <summary>Ids that a person can read, and that sort by time: <c>20261123-091842-137-5f0c</c> (UTC).</summary>
public static partial class ComparisonId
{
    public static string New(TimeProvider time) =>
        time.GetUtcNow().ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture) + "-" + RandomNumberGenerator.GetHexString(4, lowercase: true);

    /// <summary>Only such a text ever becomes a grain's key or a blob's name.</summary>
    public static bool IsWellFormed(string? id) => id is not null && Form().IsMatch(id);

    [GeneratedRegex(@"\A\d{8}-\d{6}-\d{3}-[0-9a-f]{4}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
