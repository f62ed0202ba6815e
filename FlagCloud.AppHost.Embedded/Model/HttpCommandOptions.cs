namespace Aspire.Hosting.ApplicationModel;

public class HttpCommandOptions : CommandOptions
{
    /// <summary>POST unless it is set.</summary>
    public HttpMethod? Method { get; set; }
}
