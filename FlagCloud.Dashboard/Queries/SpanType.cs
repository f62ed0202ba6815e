namespace FlagCloud.Dashboard.Queries;

public enum SpanType { Http, Database, Messaging, Rpc, Storage, Other }
