namespace FlagCloud.Cli;

/// <summary>The options that write a file: <c>--json</c>, and where there are downloads to be written <c>--csv</c>.</summary>
sealed class OutputFiles
{
    readonly Option<string?> json = Writable("--json", "Write the record to FILE, as the API returns it"), csv = Writable("--csv", "Write every download to FILE, as CSV");

    public OutputFiles(Command command)
    {
        command.Options.Add(json);
        command.Options.Add(csv);
        command.Validators.Add(result =>
        {
            if (result.GetValue(json) is { } one && result.GetValue(csv) is { } other && Path.GetFullPath(one) == Path.GetFullPath(other))
                result.AddError($"--json and --csv are to be written to two files, not both to '{one}'.");
        });
    }

    /// <summary>An option for a file that can be written: that is seen before a comparison of many minutes is started, not after it.</summary>
    public static Option<string?> Writable(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "FILE" };
        option.Validators.Add(result =>
        {
            if (result.Tokens is not [{ Value: var file }]) return;
            try
            {
                var existed = File.Exists(file);
                File.Open(file, FileMode.Append).Dispose();
                if (!existed) File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
            {
                result.AddError($"{name} takes a file in a folder that exists and can be written to; '{file}' cannot be written ({e.Message}).");
            }
        });
        return option;
    }

    public async Task WriteAsync(ParseResult parsed, Call call, string id)
    {
        Task<byte[]> Content(string path, string mediaType) => call.Client.BytesAsync($"api/comparisons/{id}{path}", mediaType, CancellationToken.None);
        if (parsed.GetValue(json) is { } record) await WriteAsync(call, record, await Content("", "application/json"));
        if (parsed.GetValue(csv) is { } downloads) await WriteAsync(call, downloads, await Content("/downloads", "text/csv"));
    }

    public static async Task WriteAsync(Call call, string file, byte[] content)
    {
        try
        {
            await File.WriteAllBytesAsync(file, content); // Touched only when its content is there.
            call.Out.Print($"written   {Path.GetFullPath(file)}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"all has ended, but {file} could not be written ({e.Message}); 'flagcloud show' can write it again.", e);
        }
    }
}
