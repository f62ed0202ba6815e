using FlagCloud.Contracts;

namespace FlagCloud.Cli.Display;

/// <summary>How many downloads ended how.</summary>
readonly record struct Tally(int Ok, int NotModified, int NotFound, int Errors, int Cancelled)
{
    public int Requested => Ok + NotModified + NotFound + Errors + Cancelled;

    public static Tally operator +(Tally a, Tally b) =>
        new(a.Ok + b.Ok, a.NotModified + b.NotModified, a.NotFound + b.NotFound, a.Errors + b.Errors, a.Cancelled + b.Cancelled);

    public static Tally Of(Run run) => new(run.Ok, run.NotModified, run.NotFound, run.Errors, run.Cancelled);

    public static Tally Of(IEnumerable<Run> runs) => runs.Select(Of).Aggregate(default(Tally), (sum, one) => sum + one);

    public static Tally Of(IReadOnlyList<Download> downloads)
    {
        int Count(Outcome outcome) => downloads.Count(download => download.Outcome == outcome);
        return new(Count(Outcome.Ok), Count(Outcome.NotModified), Count(Outcome.NotFound), Count(Outcome.Error), Count(Outcome.Cancelled));
    }

    public override string ToString() => Describe($"{Ok:#,0} ok");

    /// <summary>"18 ok, 2 errors": what there is none of is left out.</summary>
    public string Describe(string ok)
    {
        var parts = new List<string> { ok };
        if (NotModified > 0) parts.Add($"{NotModified:#,0} not modified");
        if (NotFound > 0) parts.Add($"{NotFound:#,0} not found");
        if (Errors > 0) parts.Add(Figures.Count(Errors, "error"));
        if (Cancelled > 0) parts.Add($"{Cancelled:#,0} cancelled");
        return string.Join(", ", parts);
    }
}
