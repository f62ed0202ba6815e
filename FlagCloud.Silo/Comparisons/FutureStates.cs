using FlagCloud.Contracts;

namespace FlagCloud.Silo.Comparisons;

static class FutureStates
{
    /// <summary>"Not found" is an answer, as every status is to a caller that asks for it: only what prevents an answer is a failure.</summary>
    public static FutureState Of(Outcome outcome) => outcome switch
    {
        Outcome.Error => FutureState.Failed,
        Outcome.Cancelled => FutureState.Cancelled,
        _ => FutureState.Finished,
    };
}
