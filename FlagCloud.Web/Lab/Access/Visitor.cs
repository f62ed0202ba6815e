using FlagCloud.Silo.Api.Security;

namespace FlagCloud.Silo.Components.Access;

/// <summary>Who looks at the pages, for as long as one browser tab is connected: whether this one may change anything.</summary>
sealed class Visitor(ApiKey key)
{
    /// <summary>Whether a key would help.</summary>
    public bool NeedsKey => key.IsSet;

    public bool MayChange { get; private set; } = key.Allows(null);

    /// <summary>Why nothing can be changed, and what to do.</summary>
    public string Refusal => key.IsSet
        ? "Changing anything needs the key that is configured as Api:Key. Enter it at the top of the page."
        : "In Production, changes need a key, and none is configured. Set Api__Key for the silo.";

    public event Action? Changed;

    public bool Enter(string? presented)
    {
        MayChange = key.Allows(presented);
        Changed?.Invoke();
        return MayChange;
    }
}
