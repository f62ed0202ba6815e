using System.IO.Compression;
using System.Text.Json;
using FlagCloud.Dashboard.Otlp;
using FlagCloud.Dashboard.Telemetry;
using FlagCloud.Dashboard.Wire;

namespace FlagCloud.Dashboard.Keeping;

/// <summary>
/// Reads a zip of OTLP JSON, a file of OTLP JSON, or one of JSON lines. A zip is taken as hostile: its names are never used as paths, and
/// its sizes are those that were unpacked, not those that it states.
/// </summary>
internal static class TelemetryImport
{
    public const int EntryLimit = 2_000;
    public const int EntrySizeLimit = 64 * 1024 * 1024;
    public const long UnpackedLimit = 1024L * 1024 * 1024;

    public static ImportResult Read(Stream file, TelemetryStore into)
    {
        var isZip = file.ReadByte() == 'P' && file.ReadByte() == 'K';
        file.Position = 0;
        var (intake, skipped) = isZip ? ReadZip(file, into) : ReadOne(Unpack(file, int.MaxValue), "the file", into);
        if (intake is { Accepted: 0, Rejected: 0 })
            throw new ImportException("There is no telemetry in it. A zip of OTLP JSON is wanted, as the dashboard exports it, "
                + "or a JSON file with resourceSpans, resourceLogs or resourceMetrics.");
        return new ImportResult(intake.Accepted, intake.Rejected, skipped);
    }

    static (Intake, List<string>) ReadZip(Stream file, TelemetryStore into)
    {
        try
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            if (zip.Entries.Count > EntryLimit)
                throw new ImportException($"The zip has {zip.Entries.Count} entries; {EntryLimit} are allowed.");
            var intake = Intake.None;
            var skipped = new List<string>();
            var left = UnpackedLimit;
            foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
            {
                using var packed = entry.Open();
                var bytes = Unpack(packed, (int)Math.Min(EntrySizeLimit, left));
                left -= bytes.Length;
                var (read, wrong) = ReadOne(bytes, entry.FullName, into);
                intake += read;
                skipped.AddRange(wrong);
            }
            return (intake, skipped);
        }
        catch (InvalidDataException broken)
        {
            throw new ImportException("The zip is damaged: " + broken.Message);
        }
    }

    static (Intake, List<string>) ReadOne(byte[] json, string name, TelemetryStore into)
    {
        try
        {
            // The mark that some editors put at the beginning is not JSON.
            var text = json.AsSpan().StartsWith("\uFEFF"u8) ? json.AsSpan(3) : json;
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowMultipleValues = true });
            var intake = Intake.None;
            while (reader.Read())
            {
                var data = new TelemetryData();
                OtlpJsonReader.ReadObject(ref reader, data);
                intake += into.Add(data);
            }
            return (intake, intake is { Accepted: 0, Rejected: 0 } ? [name] : []);
        }
        catch (JsonException wrong)
        {
            return (Intake.None, [$"{name}: {wrong.Message}"]);
        }
    }

    static byte[] Unpack(Stream packed, int limit)
    {
        using var unpacked = new MemoryStream();
        var buffer = new byte[65_536];
        int read;
        while ((read = packed.Read(buffer)) > 0)
        {
            if (unpacked.Length + read > limit)
                throw new ImportException($"It unpacks to more than is allowed: {EntrySizeLimit >> 20} MB an entry, {UnpackedLimit >> 20} MB in all.");
            unpacked.Write(buffer, 0, read);
        }
        return unpacked.ToArray();
    }
}
