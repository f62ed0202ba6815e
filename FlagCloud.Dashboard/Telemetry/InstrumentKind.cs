namespace FlagCloud.Dashboard.Telemetry;

public enum InstrumentKind { Gauge, Sum, Histogram, ExponentialHistogram, Summary }
