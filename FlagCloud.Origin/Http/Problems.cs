namespace FlagCloud.Origin.Http;

/// <summary>Every answer that is not a flag: what was wrong, what is allowed, what to do (RFC 9457).</summary>
static class Problems
{
    public static IResult UnknownProfile() => Results.Problem(
        $"There is no such profile. Use one of: {string.Join(", ", Profile.All.Keys)}.", statusCode: 404, title: "Unknown profile");

    public static IResult UnknownCode() => Results.Problem(
        "There is no flag of that code. Codes are in lower case, such as br or gb-eng; a flag is at /{profile}/flags/{code}.svg.",
        statusCode: 404, title: "Unknown code");

    public static IResult BadHeader(string name, string allowed) => Results.Problem(
        $"The header {name} must be {allowed}. Leave it out for 1.", statusCode: 400, title: "Bad header");

    public static IResult Teapot() => Results.Problem(
        "This profile brews a quarter of its requests. Another attempt has another draw.", statusCode: 418, title: "I'm a teapot");

    public static IResult Unavailable(HttpContext context, int retryAfterSeconds) => Retry(context, retryAfterSeconds, Results.Problem(
        "This profile fails some requests. Try again after the time that Retry-After says.", statusCode: 503, title: "Unavailable"));

    public static IResult Throttled(HttpContext context, int inFlight, int limit) => Retry(context, 1, Results.Problem(
        $"{inFlight} requests are in flight, and this profile allows {limit}. Keep fewer in flight, and try again after the time that Retry-After says.",
        statusCode: 429, title: "Too many requests"));

    static IResult Retry(HttpContext context, int seconds, IResult problem)
    {
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return problem;
    }
}
