namespace FlagCloud.Silo.Comparisons;

/// <summary>A heartbeat of 50 ms on the thread pool while a run lasts, which each time asks for a turn of the grain that runs it. What comes late waited for other code.</summary>
sealed class Heartbeat : IDisposable
{
    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    readonly TaskScheduler turns = TaskScheduler.Current;
    readonly Timer pool;
    readonly Lock gate = new();
    long lastBeat = Stopwatch.GetTimestamp();
    Task turn = Task.CompletedTask;

    /// <summary>To be made within a turn, which is where it beats.</summary>
    public Heartbeat() => pool = new(_ => Beat(), null, Period, Period);

    /// <summary>How late the worst beat on the thread pool was, seconds.</summary>
    public double PoolLag { get; private set; }

    /// <summary>How long the grain took to begin a turn, at worst, seconds.</summary>
    public double TurnLag { get; private set; }

    public int PoolThreadsPeak { get; private set; } = ThreadPool.ThreadCount;

    /// <summary>With a last beat: whoever was held up until now is seen, too.</summary>
    public async Task Stop()
    {
        await pool.DisposeAsync();
        Beat();
        await turn;
    }

    public void Dispose() => pool.Dispose();

    void Beat()
    {
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            PoolLag = Math.Max(PoolLag, (Stopwatch.GetElapsedTime(lastBeat, now) - Period).TotalSeconds);
            PoolThreadsPeak = Math.Max(PoolThreadsPeak, ThreadPool.ThreadCount);
            lastBeat = now;
            if (turn.IsCompleted)
                turn = Task.Factory.StartNew(() => TurnLag = Math.Max(TurnLag, Stopwatch.GetElapsedTime(now).TotalSeconds), CancellationToken.None, TaskCreationOptions.None, turns);
        }
    }
}
