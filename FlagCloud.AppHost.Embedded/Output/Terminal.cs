namespace Aspire.Hosting.Output;

/// <summary>Where the AppHost speaks: one whole line at a time, whoever writes.</summary>
internal sealed class Terminal(TextWriter output, TextWriter errors, bool colour, bool verbose)
{
    readonly Lock gate = new();
    readonly List<string> names = [];
    int width;

    /// <summary>Colours only for eyes: not into files or pipes, and not where NO_COLOR is set.</summary>
    public static Terminal ForConsole(bool verbose) => new(Console.Out, Console.Error,
        colour: !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")), verbose);

    /// <summary>Names are padded to the longest, and coloured by their order.</summary>
    public void Know(IEnumerable<string> resources)
    {
        names.AddRange(resources);
        width = names.Append("apphost").Max(n => n.Length);
    }

    public void Resource(string name, string line)
    {
        var label = name.PadRight(width) + " |";
        Write(output, colour ? $"{Ansi.ForResource(names.IndexOf(name), label)} {line}" : $"{label} {Ansi.Strip(line)}");
    }

    public void Say(string text)
    {
        var label = "apphost".PadRight(width) + " |";
        foreach (var line in text.Split('\n'))
            Write(output, colour ? $"{Ansi.Bold(label)} {line}" : $"{label} {line}");
    }

    public void Detail(string text)
    {
        if (verbose)
            Say(colour ? Ansi.Dim(text) : text);
    }

    public void Error(string text) => Write(errors, colour ? Ansi.Red($"error: {text}") : $"error: {text}");

    void Write(TextWriter writer, string line)
    {
        lock (gate)
            try
            {
                writer.WriteLine(line);
            }
            catch (IOException)
            {
                // The terminal was closed, or the reader of the pipe has left; stopping in order matters more.
            }
    }
}
