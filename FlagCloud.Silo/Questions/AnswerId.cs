using FlagCloud.Silo.Comparisons;

namespace FlagCloud.Silo.Questions;

/// <summary>As a comparison's id, with a q before it: both wait in the same queue, which tells them apart by that.</summary>
static class AnswerId
{
    public static string New(TimeProvider time) => "q" + ComparisonId.New(time);

    public static bool IsWellFormed(string id) => id is ['q', ..] && ComparisonId.IsWellFormed(id[1..]);
}
