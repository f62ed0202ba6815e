using System.Diagnostics;

namespace FlagCloud.Tests.Hosting;

static class Eventually
{
    /// <summary>Waits until something outside this process has come true, and says what was awaited if it does not.</summary>
    public static Task True(string awaited, Func<bool> condition, double seconds = 30) => True(awaited, () => Task.FromResult(condition()), seconds);

    public static async Task True(string awaited, Func<Task<bool>> condition, double seconds = 30)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start).TotalSeconds > seconds)
                Assert.Fail($"Waited {seconds} s in vain for {awaited}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
