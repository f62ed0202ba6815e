namespace FlagCloud.Silo.Comparisons.Strategies;

/// <summary>
/// A way of calling one function over a list, and nothing else: everything that is measured, stored or cancelled is in that function.
/// A new strategy is a file in this folder and its line in <see cref="SiloApp"/>.
/// </summary>
interface IStrategy
{
    /// <summary>As in a request and in every record.</summary>
    string Name { get; }

    /// <summary>One line, for whoever chooses.</summary>
    string Description { get; }

    /// <summary>Whether only one download is ever in flight, whatever the limit: then the ideal is the sum of the delays.</summary>
    bool OneAtATime => false;

    /// <summary>Calls <paramref name="downloadOne"/> for every country, with no more than <paramref name="limit"/> calls in flight: the setting <c>concurrency</c>.</summary>
    /// <param name="downloadOne">Never fails: what went wrong is in the record. When the comparison is cancelled, it returns at once.</param>
    Task Run(IReadOnlyList<string> countries, int limit, Func<string, Task> downloadOne);
}
