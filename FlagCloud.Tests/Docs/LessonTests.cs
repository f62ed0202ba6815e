using System.Text.RegularExpressions;
using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Strategies;
using FlagCloud.Tests.Hosting;
using FlagCloud.Tests.Origin;

namespace FlagCloud.Tests.Docs;

/// <summary>docs/lesson.md shows the repository's own code, its commands name what there is, and its scripts and solutions do what it says.</summary>
public sealed partial class LessonTests(OriginFixture origin) : IClassFixture<OriginFixture>
{
    static readonly string Page = File.ReadAllText(Repository.PathTo("docs", "lesson.md")).ReplaceLineEndings("\n");

    public static TheoryData<string, string> Shown { get; } = [.. ShownBlock().Matches(Page).Select(match => (match.Groups["path"].Value, match.Groups["code"].Value))];

    [Theory]
    [MemberData(nameof(Shown))]
    public void Code_that_is_shown_stands_in_the_file_that_is_named(string path, string code)
    {
        var file = File.ReadAllLines(Repository.PathTo(path.Split('/')));
        var shown = code.Split('\n');

        Assert.True(
            Enumerable.Range(0, file.Length).Any(first => StandsAt(file, first, shown)),
            $"These lines do not stand in {path} one below the other. Copy them anew into docs/lesson.md:\n{code}");
    }

    [Fact]
    public void All_code_that_is_shown_names_its_file() => Assert.Equal(CodeFence().Count(Page), Shown.Count);

    [Fact]
    public void Commands_name_projects_and_scripts_that_exist()
    {
        var commands = CommandBlock().Matches(Page).Select(match => match.Groups["command"].Value).ToArray();

        Assert.NotEmpty(commands);
        Assert.All(commands, command => Assert.True(command.Split(' ') switch
        {
            ["dotnet", "run", "--project", var project, ..] => File.Exists(Repository.PathTo(project, project + ".csproj")),
            ["python3", var script, ..] => File.Exists(Repository.PathTo(script.Split('/'))),
            _ => false,
        }, $"'{command}' starts nothing that is in the repository."));
    }

    [Theory]
    [InlineData("sequential.py")]
    [InlineData("threaded.py")]
    [InlineData("async_fan_out.py")]
    public async Task A_script_saves_every_flag_as_the_origin_has_it(string script)
    {
        var folder = Directory.CreateTempSubdirectory("lesson");
        try
        {
            var ended = await LessonScript.Run(script, ["--origin", $"{origin.BaseAddress}", "--server", "local", "--max-req", "7", "--folder", folder.FullName]);

            Assert.True(ended.ExitCode is 0, ended.Errors);
            Assert.Contains("20 of 20 flags", ended.Output, StringComparison.Ordinal);
            Assert.Equal(Catalogue.Top20.Order(), folder.EnumerateFiles().Select(file => Path.GetFileNameWithoutExtension(file.Name)).Order());
            Assert.All(Catalogue.Top20, code => Assert.Equal(NpmFlags.Read(code), File.ReadAllBytes(Path.Combine(folder.FullName, $"{code}.svg"))));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("sequential.py")]
    [InlineData("threaded.py")]
    [InlineData("async_fan_out.py")]
    public async Task A_flag_that_does_not_come_is_told_and_stops_no_other(string script)
    {
        var folder = Directory.CreateTempSubdirectory("lesson");
        try
        {
            var ended = await LessonScript.Run(script, ["zz", "br", "--origin", $"{origin.BaseAddress}", "--server", "local", "--folder", folder.FullName]);

            Assert.Equal(1, ended.ExitCode);
            Assert.Contains("zz: no flag, but 404", ended.Errors, StringComparison.Ordinal);
            Assert.Equal(["br.svg"], folder.EnumerateFiles().Select(file => file.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("br/../../x", "is no code of a country")]
    [InlineData("--max-req=0", "Give a whole number from 1")]
    public async Task Wrong_use_of_a_script_is_explained(string argument, string expected)
    {
        var ended = await LessonScript.Run("sequential.py", [argument]);

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains(expected, ended.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batches")]
    [InlineData("parallel")]
    public async Task A_solution_downloads_each_flag_once_and_keeps_to_the_limit(string name)
    {
        IStrategy[] solutions = [new Batches(), new ParallelLoop()];
        var asked = new List<string>();
        var (inFlight, most, gate) = (0, 0, new Lock());

        await solutions.Single(solution => solution.Name == name).Run(Catalogue.Top20, 7, async country =>
        {
            lock (gate)
            {
                asked.Add(country);
                most = Math.Max(most, ++inFlight);
            }
            await Task.Yield();
            lock (gate) inFlight--;
        });

        Assert.Equal(Catalogue.Top20.Order(), asked.Order());
        Assert.InRange(most, 1, 7);
    }

    // The page shows code without the indent that it has in its file.
    static bool StandsAt(string[] file, int first, string[] shown)
    {
        if (first + shown.Length > file.Length || !file[first].EndsWith(shown[0], StringComparison.Ordinal)) return false;
        var indent = file[first][..^shown[0].Length];
        return string.IsNullOrWhiteSpace(indent) && shown.Index().All(line => file[first + line.Index] == (line.Item is "" ? "" : indent + line.Item));
    }

    [GeneratedRegex(@"^<!-- from (?<path>\S+) -->\n```(python|csharp)\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShownBlock();

    [GeneratedRegex("^```[a-z]+$", RegexOptions.Multiline)]
    private static partial Regex CodeFence();

    [GeneratedRegex(@"^```\n(?<command>[^\n]+)\n```$", RegexOptions.Multiline)]
    private static partial Regex CommandBlock();
}
