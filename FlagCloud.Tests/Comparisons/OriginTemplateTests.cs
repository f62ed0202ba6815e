using FlagCloud.Silo.Flags;

namespace FlagCloud.Tests.Comparisons;

public sealed class OriginTemplateTests
{
    static readonly string[] Allowed = ["https://flags.example/data/", "http://127.0.0.1:8000"];

    [Theory]
    [InlineData("https://flags.example/data/{code}/{code}.gif")]
    [InlineData("https://flags.example/data/{CODE}.svg")]
    [InlineData("http://127.0.0.1:8000/{code}.svg")]
    public void Template_under_an_allowed_prefix_is_allowed(string template) => Assert.True(OriginTemplate.IsAllowed(template, Allowed));

    [Theory]
    [InlineData("https://flags.example/data/br.svg")] // no code
    [InlineData("https://flags.example/secret/{code}.svg")]
    [InlineData("https://flags.example/data/../secret/{code}.svg")]
    [InlineData("https://flags.example/database/{code}.svg")]
    [InlineData("http://flags.example/data/{code}.svg")] // other scheme
    [InlineData("https://flags.example:444/data/{code}.svg")]
    [InlineData("https://flags.example@evil.example/data/{code}.svg")]
    [InlineData("https://user:pass@flags.example/data/{code}.svg")]
    [InlineData("https://{code}.example/data/")]
    [InlineData("http://127.0.0.1:80{code}/")]
    [InlineData("https://flags.example/data/..%2fsecret/{code}")]
    [InlineData("https://flags.example/data/%252e%252e/{code}")]
    [InlineData("https://flags.example/data/..;/secret/{code}")]
    [InlineData("https://flags.example/data/x?to={code}")]
    [InlineData("https://flags.example/data/{code}#x")]
    [InlineData("https://flags.example/data/\\..\\{code}")]
    [InlineData("file:///etc/{code}")]
    [InlineData("{code}")]
    public void Anything_else_is_refused(string template) => Assert.False(OriginTemplate.IsAllowed(template, Allowed));

    [Fact]
    public void Code_is_put_in_in_either_case() => Assert.Equal("https://x/br/BR.gif", OriginTemplate.Expand("https://x/{code}/{CODE}.gif", "br"));
}
