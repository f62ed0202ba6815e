namespace FlagCloud.Dashboard.Queries;

public enum FilterOperator { Equal, NotEqual, Contains, NotContains, Greater, GreaterOrEqual, Less, LessOrEqual }
