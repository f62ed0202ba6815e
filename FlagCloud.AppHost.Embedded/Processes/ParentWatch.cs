namespace Aspire.Hosting.Processes;

/// <summary>Notices that the <c>dotnet run</c> which started this AppHost is gone: nobody would be left to stop it.</summary>
internal static class ParentWatch
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    public static async Task ParentGoneAsync(CancellationToken cancellationToken)
    {
        var parent = Platform.ParentId();
        if (parent <= 1 || !Platform.ProcessName(parent).Equals("dotnet", StringComparison.OrdinalIgnoreCase))
            await Task.Delay(Timeout.Infinite, cancellationToken);
        while (Platform.ParentId() == parent && Platform.ProcessName(parent).Length > 0)
            await Task.Delay(Interval, cancellationToken);
    }
}
