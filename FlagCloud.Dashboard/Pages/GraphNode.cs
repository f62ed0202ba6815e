using FlagCloud.Dashboard.Resources;

namespace FlagCloud.Dashboard.Pages;

internal sealed record GraphNode(ResourceSnapshot Resource, int X, int Y);
