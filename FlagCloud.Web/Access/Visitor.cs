namespace FlagCloud.Web.Access;

/// <summary>Whoever asks, a browser's tab or a request to the API: whether this one may change anything.</summary>
sealed class Visitor(ApiKey key)
{
    /// <summary>Whether a key would help.</summary>
    public bool NeedsKey => key.IsSet;

    public bool MayChange { get; private set; } = key.Allows(null);

    /// <summary>Why nothing can be changed, and what to do.</summary>
    public string Refusal => key.IsSet
        ? "This changes something, and needs the key that is configured as Api:Key. The lab asks for it at the top of the page; programs send it as Authorization: Bearer <key>, flagcloud takes it from FLAGCLOUD_API_KEY."
        : "In Production, changes need a key, and none is configured. Set Api__Key for the web; then enter it at the top of the page, or send it as Authorization: Bearer <key>. Reading needs no key.";

    public event Action? Changed;

    public bool Enter(string? presented)
    {
        MayChange = key.Allows(presented);
        Changed?.Invoke();
        return MayChange;
    }
}

/// <summary>A change that is not made; the message says why.</summary>
sealed class ChangeRefusedException(string why, bool keyWouldHelp = false) : Exception(why)
{
    public bool KeyWouldHelp { get; } = keyWouldHelp;
}
