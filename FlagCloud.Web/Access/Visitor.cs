using System.Security.Cryptography;
using System.Text;

namespace FlagCloud.Web.Access;

/// <summary>What whoever changes something must have: configuration <c>Api:Key</c>. Without it anyone may outside Production, and in Production nobody.</summary>
sealed class ApiKey(IConfiguration configuration, IHostEnvironment environment)
{
    const int MinLength = 16;

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

/// <summary>Whoever asks, a browser's tab or a request to the API: whether this one may change anything.</summary>
sealed class Visitor(ApiKey key)
{
    public bool NeedsKey => key.IsSet;
    public bool MayChange { get; private set; } = key.Allows(null);
    public ChangeRefusedException Refused => new(Refusal, NeedsKey);

    public string Refusal => key.IsSet
        ? "This changes something, and needs the key that is configured as Api:Key. The lab asks for it at the top of the page; programs send it as Authorization: Bearer <key>, "
            + "flagcloud takes it from FLAGCLOUD_API_KEY."
        : "In Production, changes need a key, and none is configured. Set Api__Key for the web; then enter it at the top of the page, or send it as Authorization: Bearer <key>. "
            + "Reading needs no key.";

    public event Action? Changed;

    public bool Enter(string? presented)
    {
        MayChange = key.Allows(presented);
        Changed?.Invoke();
        return MayChange;
    }
}

sealed class ChangeRefusedException(string why, bool keyWouldHelp = false) : Exception(why)
{
    public bool KeyWouldHelp { get; } = keyWouldHelp;
}
