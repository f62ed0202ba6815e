using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Output;

internal static class StartMessage
{
    public const string Orchestrator = "The embedded orchestrator runs this app (Aspire's own: -p:Orchestrator=Aspire).";

    /// <summary>The links of the dashboard and of all resources, one a line.</summary>
    public static string Links(IEnumerable<IResource> resources, string? dashboard, bool once)
    {
        List<(string Name, string Text, string Url)> links = dashboard is null ? [] : [("dashboard", "Log in", dashboard)];
        links.AddRange(resources.SelectMany(r => ResourceUrls.UrlsOf(r).Where(u => u.DisplayLocation == UrlDisplayLocation.SummaryAndDetails)
            .Select(u => (r.Name, Text: u.DisplayText ?? "", u.Url))));
        var text = new StringBuilder("Everything runs.");
        foreach (var (name, title, url) in links)
            text.Append($"\n  {name.PadRight(links.Max(l => l.Name.Length))}  {title.PadRight(links.Max(l => l.Text.Length))}  {url}");
        return text.Append(once ? "\nThis AppHost ends when its jobs have ended." : "\nCtrl+C stops everything.").ToString();
    }
}
