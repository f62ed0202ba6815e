using Azure;

namespace FlagCloud.Silo.Flags;

/// <summary>What comes from others, before it goes into a record that anyone may read.</summary>
static class Foreign
{
    const int Longest = 200;

    /// <summary>One line, of printable characters, that is not long.</summary>
    public static string Clean(this string text)
    {
        var line = text.AsSpan()[..Math.Min(text.Length, Longest)];
        return string.Create(line.Length, line, (clean, given) =>
        {
            for (var i = 0; i < clean.Length; i++) clean[i] = char.IsControl(given[i]) ? ' ' : given[i];
        }).TrimEnd();
    }

    /// <summary>Why storage did not do something. The client's own message is several lines, of which none need say it.</summary>
    public static string StorageCause(this Exception e) => e is TaskCanceledException ? "storage did not answer" : e.GetBaseException() switch
    {
        RequestFailedException { Status: 500 or 507, ErrorCode: null } failed => $"storage answered {failed.Status}. Is its disk full?",
        RequestFailedException { Status: > 0 } failed => $"storage answered {failed.Status} {failed.ErrorCode}".TrimEnd(),
        var cause => cause.Message.Clean(),
    };

    /// <summary>An address without what may be a secret in it: user and password, query (a shared access signature is one), fragment.</summary>
    public static string Public(this Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
