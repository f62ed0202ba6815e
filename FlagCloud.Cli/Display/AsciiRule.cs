using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlagCloud.Cli.Display;

/// <summary>A table's border like <see cref="TableBorder.Simple"/>, for terminals that show ASCII only.</summary>
sealed class AsciiRule : TableBorder
{
    public static TableBorder For(IAnsiConsole console) => console.Profile.Capabilities.Unicode ? Simple : new AsciiRule();

    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottomLeft or TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator or TableBorderPart.HeaderBottomRight => "-",
        _ => " ",
    };
}
