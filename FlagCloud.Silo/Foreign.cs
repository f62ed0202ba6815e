namespace FlagCloud.Silo;

/// <summary>What comes from others, before it goes into a record that anyone may read.</summary>
static class Foreign
{
    const int Longest = 200;

    /// <summary>One line, of printable characters, that is not long.</summary>
    public static string Clean(this string text) => string.Concat(text.Take(Longest).Select(character => char.IsControl(character) ? ' ' : character)).TrimEnd();

    /// <summary>An address without what may be a secret in it: user and password, query (a shared access signature is one), fragment.</summary>
    public static string Public(this Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
