using FlagCloud.Cli.Display;
using FlagCloud.Contracts;
using Spectre.Console;

namespace FlagCloud.Cli.Connection;

/// <summary>Follows one experiment to its end, by asking now and then how it stands.</summary>
sealed class AnswerWatch(FlagCloudClient client, Uri location, Session session)
{
    static readonly TimeSpan PlainPause = TimeSpan.FromSeconds(10);

    public Task<Answer> NowAsync(CancellationToken cancellationToken) => GetAsync(cancellationToken);

    /// <returns>The final record.</returns>
    public Task<Answer> UntilEndedAsync(CancellationToken cancellationToken)
    {
        if (session.Live) return session.Out.Status().StartAsync("queued", status => FollowAsync(doing => status.Status = Markup.Escape(doing), cancellationToken));
        var lastLine = session.Time.GetTimestamp();
        return FollowAsync(
            doing =>
            {
                if (session.Time.GetElapsedTime(lastLine) < PlainPause) return;
                lastLine = session.Time.GetTimestamp();
                session.Out.Print($"          {doing}");
            },
            cancellationToken);
    }

    /// <summary>Cancels the experiment.</summary>
    /// <returns>The final record.</returns>
    public async Task<Answer> CancelAsync()
    {
        using var limit = new CancellationTokenSource(session.Patience.Cancel);
        try
        {
            await client.CancelAsync(location, limit.Token);
            return await FollowAsync(_ => { }, limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new SiloException($"the silo has not cancelled {location} within {session.Patience.Cancel.TotalSeconds:0} s; it may go on there.", mayPass: false);
        }
    }

    async Task<Answer> FollowAsync(Action<string> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            var answer = await GetAsync(cancellationToken);
            if (answer.Ended) return answer;
            if (answer.Doing is { } doing) show(doing);
            await Task.Delay(session.Patience.Reconnect, cancellationToken);
        }
    }

    async Task<Answer> GetAsync(CancellationToken cancellationToken)
    {
        foreach (var delay in session.Patience.Retries)
        {
            try
            {
                return await client.GetAsync<Answer>(location, cancellationToken);
            }
            catch (SiloException e) when (e.MayPass)
            {
                await Task.Delay(delay, cancellationToken);
            }
        }

        return await client.GetAsync<Answer>(location, cancellationToken);
    }
}
