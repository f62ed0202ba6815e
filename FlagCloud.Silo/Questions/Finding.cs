namespace FlagCloud.Silo.Questions;

/// <summary>A verdict in the making: claims that must all hold, and figures that explain them.</summary>
/// <param name="Claims">The verdict: one that does not hold refutes the expectation; if all hold, so does it.</param>
/// <param name="Holds">What to say if it holds. Doubts are said by the claims.</param>
sealed record Finding(IReadOnlyList<Claim> Claims, string Holds, IReadOnlyList<Figure>? More = null)
{
    /// <summary>Half width of the widest interval that a claim rests on, as a share of its figure (of 1 for a share); null where there is no interval yet.</summary>
    public double? Width => Claims.Any(claim => claim.Estimate.Interval is null) ? null : Claims.Max(claim => claim.Width);

    public Verdict Verdict()
    {
        var kind = Claims.Any(claim => claim.Kind is VerdictKind.DoesNotHold) ? VerdictKind.DoesNotHold
            : Claims.All(claim => claim.Kind is VerdictKind.Holds) ? VerdictKind.Holds
            : VerdictKind.CannotBeTold;
        return new(kind, kind is VerdictKind.Holds ? Holds : Doubt(kind), [.. Claims.Select(claim => claim.Figure), .. More ?? []]);
    }

    string Doubt(VerdictKind kind) => string.Join(" ", Claims.Where(claim => claim.Kind == kind).Select(claim =>
        $"{claim.Name}: measured {claim.Estimate.Text(claim.Unit)}, expected {claim.Expected}{(kind is VerdictKind.DoesNotHold ? "" : claim.Estimate.Interval is null ? "; there is no interval yet" : "; the interval does not decide it")}."));
}
