using FlagCloud.Contracts;

namespace FlagCloud.Silo.Questions;

/// <summary>Figures of a run that verdicts are made of.</summary>
static class RunFigures
{
    public static double Goodput(this Run run) => (run.Ok + run.NotModified) / run.ElapsedSeconds;

    public static double SuccessRate(this Run run) => (double)(run.Ok + run.NotModified) / run.Requested;

    /// <summary>CPU seconds by elapsed seconds.</summary>
    public static double Parallelism(this Run run) => run.CpuSeconds / run.ElapsedSeconds;
}
