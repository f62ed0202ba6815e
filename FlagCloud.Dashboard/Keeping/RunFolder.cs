using System.Globalization;
using System.IO.Compression;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>
/// The folder of kept runs. A run is a folder named after its start; in it are segments, each a series of gzip members that hold
/// length-prefixed <see cref="TelemetryData"/>. A process that is killed loses the member it was writing, and nothing before it.
/// </summary>
internal static class RunFolder
{
    public const string SegmentPattern = "*.otlp.gz";
    const string NameFormat = "yyyyMMdd'-'HHmmss'-'fff";

    public static string NameOf(DateTimeOffset started) => started.UtcDateTime.ToString(NameFormat, CultureInfo.InvariantCulture);

    public static IReadOnlyList<KeptRun> List(string folder, string? current)
    {
        if (!Directory.Exists(folder)) return [];
        var runs = new List<KeptRun>();
        foreach (var run in new DirectoryInfo(folder).EnumerateDirectories())
            if (DateTime.TryParseExact(run.Name, NameFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var started))
            {
                var segments = run.GetFiles(SegmentPattern);
                runs.Add(new(run.Name, started, segments.Select(file => file.LastWriteTimeUtc).DefaultIfEmpty(run.LastWriteTimeUtc).Max(),
                    segments.Sum(file => file.Length), run.Name == current));
            }
        return [.. runs.OrderByDescending(run => run.Id, StringComparer.Ordinal)];
    }

    /// <summary>What was refused as beyond the limits is not an error here: the store says what it let go.</summary>
    public static void Read(string folder, string run, TelemetryStore into)
    {
        foreach (var segment in Directory.EnumerateFiles(Path.Combine(folder, run), SegmentPattern).Order(StringComparer.Ordinal))
        {
            using var file = new FileStream(segment, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var unpacked = new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 65_536);
            ReadSegment(unpacked, into);
        }
    }

    /// <summary>Removes the segments, and the folder if nothing else is in it.</summary>
    public static void Delete(string folder, string run)
    {
        var path = new DirectoryInfo(Path.Combine(folder, run));
        foreach (var segment in path.GetFiles(SegmentPattern))
            segment.Delete();
        if (!path.EnumerateFileSystemInfos().Any()) path.Delete();
    }

    // An end in the middle of a member is what a killed process leaves, and what a run that is still being written looks like.
    static void ReadSegment(Stream segment, TelemetryStore into)
    {
        try
        {
            while (ReadLength(segment) is { } length)
            {
                var bytes = new byte[length];
                segment.ReadExactly(bytes);
                into.Add(TelemetryData.Parser.ParseFrom(bytes));
            }
        }
        catch (Exception end) when (end is EndOfStreamException or InvalidDataException or Google.Protobuf.InvalidProtocolBufferException)
        {
        }
    }

    static int? ReadLength(Stream segment)
    {
        Span<byte> bytes = stackalloc byte[4];
        var read = segment.ReadAtLeast(bytes, 4, throwOnEndOfStream: false);
        if (read == 0) return null;
        var length = System.Buffers.Binary.BinaryPrimitives.ReadInt32LittleEndian(bytes);
        return read == 4 && length is >= 0 and <= RunRecorder.LargestRecord ? length : throw new InvalidDataException("The length of a record is out of range.");
    }
}
