namespace FlagCloud.Contracts;

/// <summary>What a stored flag spent its time on: means over the run, seconds.</summary>
/// <param name="Queued">From its submission to its start.</param>
/// <param name="Waiting">To the response's headers, retries included.</param>
/// <param name="Work">CPU-bound work, the wait for its worker and for the interpreter lock included.</param>
/// <param name="Storing">The upload, the wait for its place included.</param>
[GenerateSerializer, Immutable, Alias("FlagCloud.PhaseSeconds")]
public sealed record PhaseSeconds(
    [property: Id(0)] double Queued,
    [property: Id(1)] double Waiting,
    [property: Id(2)] double Body,
    [property: Id(3)] double Work,
    [property: Id(4)] double Storing);
