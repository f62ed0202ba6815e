using System.Runtime.CompilerServices;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>An interpolated string whose holes are filled when the resource starts.</summary>
public sealed class ReferenceExpression : IValueProvider, IValueWithReferences
{
    readonly IReadOnlyList<object> parts;

    ReferenceExpression(IReadOnlyList<object> parts) => this.parts = parts;

    public IReadOnlyList<IValueProvider> ValueProviders => [.. parts.OfType<IValueProvider>()];

    IEnumerable<object> IValueWithReferences.References => ValueProviders;

    public static ReferenceExpression Create(in ExpressionInterpolatedStringHandler handler) => new(handler.Parts);

    public async ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default)
    {
        var values = new string?[parts.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = parts[i] is IValueProvider provider ? await provider.GetValueAsync(cancellationToken) : (string)parts[i];
        return string.Concat(values);
    }

    [InterpolatedStringHandler]
    public readonly ref struct ExpressionInterpolatedStringHandler
    {
        internal readonly List<object> Parts;

        public ExpressionInterpolatedStringHandler(int literalLength, int formattedCount) => Parts = new(formattedCount * 2 + Math.Min(literalLength, 1));

        public readonly void AppendLiteral(string value) => Parts.Add(value);

        public readonly void AppendFormatted(string? value) => Parts.Add(value ?? "");

        public readonly void AppendFormatted<T>(T valueProvider) where T : IValueProvider => Parts.Add(valueProvider);

        public readonly void AppendFormatted<T>(IResourceBuilder<T> valueProvider) where T : IResource, IValueProvider => Parts.Add(valueProvider.Resource);
    }
}
