using FlagCloud.Contracts;

namespace FlagCloud.Cli.Display;

/// <summary>Shows a comparison while it runs.</summary>
interface IProgressDisplay
{
    /// <summary>Keeps the display up while the comparison is followed.</summary>
    Task<Comparison> WhileAsync(Func<Task<Comparison>> follow);

    void Queued();

    void Started(Comparison comparison);

    void Progress(ComparisonProgress progress);

    void RunEnded(Run run);

    void Cancelling();
}
