namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value made of other values: resources, endpoints, expressions.</summary>
public interface IValueWithReferences
{
    IEnumerable<object> References { get; }
}
