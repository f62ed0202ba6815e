using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Web.Access;

/// <summary>
/// The key that whoever changes something must have: configuration <c>Api:Key</c>. Outside Production it may be left out, and then anyone may
/// change things; in Production nobody may until it is set.
/// </summary>
sealed class ApiKey(IConfiguration configuration, IHostEnvironment environment)
{
    public const int MinLength = 16;

    readonly byte[]? expected = Read(configuration["Api:Key"]);

    public bool IsSet => expected is not null;

    /// <summary>Whether this key, null for none, allows changes.</summary>
    public bool Allows(string? presented) =>
        expected is null ? !environment.IsProduction() : presented is not null && CryptographicOperations.FixedTimeEquals(expected, Hash(presented));

    // The hashes are compared, so that the time taken tells nothing of the key's length either.
    static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    static byte[]? Read(string? key) => key switch
    {
        null or "" => null,
        { Length: < MinLength } => throw new InvalidOperationException(
            $"Api:Key has {key.Length} characters. Give at least {MinLength}, for example the output of: openssl rand -hex 24"),
        _ => Hash(key),
    };
}
