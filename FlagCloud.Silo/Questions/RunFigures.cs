namespace FlagCloud.Silo.Questions;

/// <summary>Figures of a run that verdicts are made of.</summary>
static class RunFigures
{
    public static double Goodput(this Run run) => run.Good / run.ElapsedSeconds;

    public static double SuccessRate(this Run run) => (double)run.Good / run.Requested;

    /// <summary>CPU seconds by elapsed seconds: how many cores were kept busy.</summary>
    public static double Parallelism(this Run run) => run.ProcessCpuSeconds / run.ElapsedSeconds;
}
