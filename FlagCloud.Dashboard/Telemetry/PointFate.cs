namespace FlagCloud.Dashboard.Telemetry;

internal enum PointFate { Added, Extended, AddedForOldest, Refused }
