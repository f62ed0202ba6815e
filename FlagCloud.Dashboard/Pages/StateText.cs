using FlagCloud.Dashboard.Resources;

namespace FlagCloud.Dashboard.Pages;

internal static class StateText
{
    public static string Of(ResourceState state) => state switch
    {
        ResourceState.NotStarted => "Not started",
        ResourceState.FailedToStart => "Failed to start",
        _ => state.ToString(),
    };

    public static string Of(ResourceState state, ResourceHealth health) => (state, health) switch
    {
        (ResourceState.Running, ResourceHealth.Healthy) => "Healthy",
        (ResourceState.Running, ResourceHealth.Unhealthy) => "Unhealthy",
        (ResourceState.Running, ResourceHealth.Pending) => "Starting",
        _ => Of(state),
    };

    /// <summary>good, warn, bad or neutral. A start that has not come to its first check is not a failure.</summary>
    public static string Tone(ResourceState state, ResourceHealth health) => (state, health) switch
    {
        (ResourceState.Running, ResourceHealth.Unhealthy) => "bad",
        (ResourceState.Running, ResourceHealth.Pending) => "warn",
        (ResourceState.Running, _) => "good",
        (ResourceState.Waiting or ResourceState.Starting or ResourceState.Stopping, _) => "warn",
        (ResourceState.Exited or ResourceState.FailedToStart, _) => "bad",
        _ => "neutral",
    };
}
