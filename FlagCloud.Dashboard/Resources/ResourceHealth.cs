namespace FlagCloud.Dashboard.Resources;

/// <summary>What the health checks say. None: it has no check, or is not running. Pending: it runs, and no check has passed yet.</summary>
public enum ResourceHealth { None, Pending, Healthy, Unhealthy }
