namespace FlagCloud.Dashboard;

public sealed record DashboardLink(string Text, string Url);
