namespace FlagCloud.Dashboard.Resources;

public enum ResourceState { NotStarted, Waiting, Starting, Running, Stopping, Finished, Exited, FailedToStart }
