using FlagCloud.Dashboard.Resources;
using Microsoft.AspNetCore.Components;

namespace FlagCloud.Dashboard.Pages;

public sealed partial class ConsolePage
{
    List<ConsoleLine> _lines = [];
    long _clearedUpTo;

    [Inject] IResourceSource Source { get; set; } = null!;
    [SupplyParameterFromQuery] public string? Resource { get; set; }
    [SupplyParameterFromQuery] public string? Text { get; set; }
    [SupplyParameterFromQuery] public bool Errors { get; set; }
    [SupplyParameterFromQuery] public bool Wrap { get; set; }

    protected override void Load() => _lines = [.. Source.Resources
        .Where(resource => Resource is null || resource.Name == Resource)
        .SelectMany(resource => Source.ReadConsole(resource.Name, _clearedUpTo))
        .Where(line => (!Errors || line.IsError) && (Text is null || AnsiText.Strip(line.Text).Contains(Text, StringComparison.OrdinalIgnoreCase)))
        .OrderBy(line => line.Number)];

    void Clear()
    {
        _clearedUpTo = Source.Resources.SelectMany(resource => Source.ReadConsole(resource.Name, _clearedUpTo))
            .Select(line => line.Number).DefaultIfEmpty(_clearedUpTo).Max();
        Load();
    }
}
