namespace FlagCloud.Dashboard.Telemetry;

public readonly record struct SummaryQuantile(double Quantile, double Value);
