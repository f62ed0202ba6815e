namespace FlagCloud.Silo.Comparisons;

static class ReviveOptions
{
    /// <summary>How long a comparison lies still, at most, after its silo was declared dead. Orleans' own least period of a minute is for many reminders; there is one per comparison.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
}
