using Spectre.Console;
using Spectre.Console.Rendering;

namespace FlagCloud.Cli.Display;

/// <summary>What <see cref="StrategyBar"/> has counted, beside its bar.</summary>
sealed class CountersColumn : ProgressColumn
{
    protected override bool NoWrap => true;

    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Spectre.Console.Text(task.Tag as string ?? "") { Overflow = Overflow.Ellipsis };
}
