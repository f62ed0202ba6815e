namespace FlagCloud.Silo;

/// <summary>What every writer to blob storage has to know of it.</summary>
static class Storage
{
    /// <summary>Whether it is the client's word for storage that refused, or was not there for any of the client's own tries.</summary>
    public static bool IsOfStorage(this Exception e) => e is RequestFailedException or AggregateException;

    /// <summary>Whether another try may do: storage is away, or being restarted, or has too much to do. Cancelled is the client's own word for silence.</summary>
    public static bool IsStorageAway(this Exception e) => e is RequestFailedException { Status: 0 or 408 or 429 or >= 500 } or AggregateException or TaskCanceledException;

    /// <summary>Why storage did not do something. The client's own message is several lines, of which none need say it.</summary>
    public static string StorageCause(this Exception e) => e is TaskCanceledException ? "storage did not answer" : e.GetBaseException() switch
    {
        RequestFailedException { Status: 500 or 507, ErrorCode: null } failed => $"storage answered {failed.Status}. Is its disk full?",
        RequestFailedException { Status: > 0 } failed => $"storage answered {failed.Status} {failed.ErrorCode}".TrimEnd(),
        var cause => cause.Message.Clean(),
    };

    /// <summary>Writes into a container, which is made first if it is not there: storage may have been emptied since the silo began.</summary>
    /// <param name="cancellationToken">After it nothing is made, and nothing more is written.</param>
    public static async Task<T> CreatedIfLost<T>(this BlobContainerClient container, Func<Task<T>> write, CancellationToken cancellationToken = default)
    {
        try
        {
            return await write();
        }
        catch (RequestFailedException e) when (e.ErrorCode is "ContainerNotFound")
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return await write();
        }
    }
}
