namespace Aspire.Hosting.ApplicationModel;

public class CommandOptions
{
    public string? Description { get; set; }

    /// <summary>Asked before the command is carried out.</summary>
    public string? ConfirmationMessage { get; set; }

    /// <summary>Whether the button stands out.</summary>
    public bool IsHighlighted { get; set; }
}
