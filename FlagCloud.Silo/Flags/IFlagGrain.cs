namespace FlagCloud.Silo.Flags;

/// <summary>One flag; its key is the country's code in lower case. The blob is its state.</summary>
[Alias("FlagCloud.IFlagGrain")]
public interface IFlagGrain : IGrainWithStringKey
{
    /// <summary>Downloads the flag and stores it. Never throws for what the origin or storage did: the receipt says it.</summary>
    [Alias("Download")]
    Task<DownloadReceipt> Download(DownloadOrder order, CancellationToken cancellationToken);
}
