using Microsoft.Net.Http.Headers;

namespace FlagCloud.Origin.Http;

/// <summary>Validators and conditional requests (RFC 9110, section 13).</summary>
static class Conditions
{
    /// <summary>Sets the validators, and answers 304 where the client has this representation already.</summary>
    public static bool NotModified(HttpContext context, Representation representation)
    {
        var headers = context.Response.Headers;
        headers.ETag = representation.ETag;
        headers.LastModified = representation.LastModified;
        headers.CacheControl = "public, max-age=3600";
        headers["Repr-Digest"] = representation.Digest;
        if (!ClientHas(context.Request, representation))
            return false;
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    // If-Modified-Since counts only where there is no If-None-Match.
    static bool ClientHas(HttpRequest request, Representation representation) => request.Headers.IfNoneMatch.Count > 0
        ? request.GetTypedHeaders().IfNoneMatch.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Tag.Equals(representation.ETag, StringComparison.Ordinal))
        : representation.Modified <= request.GetTypedHeaders().IfModifiedSince;
}
