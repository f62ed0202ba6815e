using System.Diagnostics;

namespace FlagCloud.Silo.Comparisons;

/// <summary>Two heartbeats of 50 ms while a run lasts: one on the turns of the grain that runs it, one on the thread pool. A late beat is code that waited.</summary>
sealed class Heartbeat : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    readonly CancellationTokenSource end = new();
    readonly Timer pool;
    readonly Lock gate = new();
    long lastTurn = Stopwatch.GetTimestamp(), lastPool = Stopwatch.GetTimestamp();
    Task turns = Task.CompletedTask;

    Heartbeat() => pool = new(_ => Beat(), null, Period, Period);

    /// <summary>How late the worst beat on the grain's turns was, seconds.</summary>
    public double TurnLag { get; private set; }

    /// <summary>How late the worst beat on the thread pool was, seconds.</summary>
    public double PoolLag { get; private set; }

    public int PoolThreadsPeak { get; private set; } = ThreadPool.ThreadCount;

    /// <summary>To be called within a turn: that is where one of the two beats.</summary>
    public static Heartbeat Start()
    {
        var heartbeat = new Heartbeat();
        heartbeat.turns = heartbeat.BeatOnTurns();
        return heartbeat;
    }

    /// <summary>The last beats: whoever was held up until now is seen, too.</summary>
    public async Task Stop()
    {
        await end.CancelAsync();
        await turns;
        await pool.DisposeAsync();
        TurnLag = Math.Max(TurnLag, Late(ref lastTurn));
        lock (gate) PoolLag = Math.Max(PoolLag, Late(ref lastPool));
    }

    public void Dispose()
    {
        end.Cancel();
        end.Dispose();
        pool.Dispose();
    }

    async Task BeatOnTurns()
    {
        var token = end.Token;
        while (!token.IsCancellationRequested)
        {
            // Not on the pool: the await comes back to the grain's own turns.
            await Task.Delay(Period, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            TurnLag = Math.Max(TurnLag, Late(ref lastTurn));
        }
    }

    void Beat()
    {
        lock (gate)
        {
            PoolLag = Math.Max(PoolLag, Late(ref lastPool));
            PoolThreadsPeak = Math.Max(PoolThreadsPeak, ThreadPool.ThreadCount);
        }
    }

    static double Late(ref long last)
    {
        var now = Stopwatch.GetTimestamp();
        var late = Stopwatch.GetElapsedTime(last, now) - Period;
        last = now;
        return Math.Max(0, late.TotalSeconds);
    }
}
