namespace FlagCloud.Contracts;

/// <summary>What the figures say of an expectation.</summary>
public enum VerdictKind
{
    Holds,
    DoesNotHold,

    /// <summary>The intervals are too wide, or what would be needed could not be measured here.</summary>
    CannotBeTold,
}
