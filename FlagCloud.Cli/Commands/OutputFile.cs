using FlagCloud.Cli.Connection;

namespace FlagCloud.Cli.Commands;

/// <summary>A file that takes what the silo answers, whole or not at all.</summary>
sealed class OutputFile
{
    readonly string suffix;
    readonly string mediaType;

    OutputFile(string kind, string path, string suffix, string mediaType) => (Kind, Path, this.suffix, this.mediaType) = (kind, path, suffix, mediaType);

    public string Kind { get; }

    public string Path { get; }

    /// <summary>The comparison's record.</summary>
    public static OutputFile Json(string path) => Checked("JSON", "--json", path, "", "application/json");

    /// <summary>Every download.</summary>
    public static OutputFile Csv(string path) => Checked("CSV", "--csv", path, "/downloads", "text/csv");

    public Task WriteAsync(FlagCloudClient client, Uri comparison) => WriteAsync(
        target => client.CopyAsync(new(comparison.AbsoluteUri + suffix), mediaType, target, CancellationToken.None), "'flagcloud show' can write it again");

    /// <param name="otherwise">Where else to find what could not be written.</param>
    public async Task WriteAsync(Func<Stream, Task> content, string otherwise)
    {
        var temporary = Temporary(Path);
        try
        {
            await using (var target = new FileStream(temporary, FileMode.CreateNew))
            {
                await content(target);
            }

            File.Move(temporary, Path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new SiloException($"all has ended, but {Path} could not be written ({e.Message}); {otherwise}.", mayPass: false, e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    // Before a comparison of many minutes is started, not after it.
    static OutputFile Checked(string kind, string option, string given, string suffix, string mediaType)
    {
        try
        {
            var path = System.IO.Path.GetFullPath(given);
            // A link stays a link: what it leads to is replaced.
            if (new FileInfo(path) is { LinkTarget: not null } link) path = link.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
            if (Directory.Exists(path) || System.IO.Path.GetFileName(path).Length == 0) throw new IOException("it is a folder");
            if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal)) throw new IOException("it is a device");
            File.Create(Temporary(path), 1, FileOptions.DeleteOnClose).Dispose();
            return new(kind, path, suffix, mediaType);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"{option} takes a file in a folder that exists and can be written to; '{given}' cannot be written ({e.Message}).");
        }
    }

    static string Temporary(string path) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $".{System.IO.Path.GetFileName(path)}.{Guid.NewGuid():n}.part");
}
