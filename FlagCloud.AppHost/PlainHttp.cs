static class PlainHttp
{
    /// <summary>
    /// Nothing here speaks https on a developer's machine. Without this every project asks for a trusted development certificate, and where there is none the
    /// dashboard says so in red.
    /// </summary>
    public static void WithPlainHttp(this IDistributedApplicationBuilder builder)
    {
        foreach (var project in builder.Resources.OfType<ProjectResource>().ToList())
#pragma warning disable ASPIRECERTIFICATES001 // Experimental in 13.6.
            builder.CreateResourceBuilder(project).WithoutHttpsCertificate();
#pragma warning restore ASPIRECERTIFICATES001
    }
}
