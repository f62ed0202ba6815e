namespace FlagCloud.Silo.Questions;

/// <summary>A figure and, if it decides anything, its bounds: it holds if the whole 95 % interval lies between them, does not if all lies outside, else cannot be told.</summary>
sealed record Claim(string Name, Estimate Estimate, string Unit, double Least = double.NegativeInfinity, double Most = double.PositiveInfinity)
{
    public VerdictKind Kind => Estimate.Interval switch
    {
        { } interval when interval.Low >= Least && interval.High <= Most => VerdictKind.Holds,
        { } interval when interval.High < Least || interval.Low > Most => VerdictKind.DoesNotHold,
        _ => VerdictKind.CannotBeTold,
    };

    /// <summary>Half width of the interval: of a share as it is, of anything else as a share of the figure.</summary>
    public double Width => Unit is "" && Math.Abs(Estimate.Median) < 1 ? Estimate.HalfSpan : Estimate.Width;

    public string? Expected => Bounds() is { } bounds ? (FormattableString.Invariant(bounds) + " " + Unit).TrimEnd() : null; // Null for a figure that only explains.
    public Figure Figure => new(Name, Estimate.Known ?? 0, Unit, Estimate.Interval?.Low, Estimate.Interval?.High, Expected);

    public static Claim AtLeast(string name, Estimate estimate, string unit, double least) => new(name, estimate, unit, Least: least);
    public static Claim AtMost(string name, Estimate estimate, string unit, double most) => new(name, estimate, unit, Most: most);

    FormattableString? Bounds() => (double.IsInfinity(Least), double.IsInfinity(Most)) switch
    {
        (true, true) => null,
        (false, true) => $"at least {Least:0.###}",
        (true, false) => $"at most {Most:0.###}",
        _ when Least.Equals(Most) => $"exactly {Least:0.###}",
        _ => $"{Least:0.###} to {Most:0.###}",
    };
}

/// <summary>A verdict in the making.</summary>
/// <param name="Claims">One that does not hold refutes the expectation; if all that decide anything hold, so does it.</param>
/// <param name="Holds">What to say if it holds. Doubts are said by the claims.</param>
sealed record Finding(IReadOnlyList<Claim> Claims, string Holds)
{
    readonly Claim[] deciding = [.. Claims.Where(claim => claim.Expected is not null)];

    /// <summary>Half width of the widest interval that the verdict rests on, as a share of its figure (of 1 for a share); null where there is no interval yet.</summary>
    public double? Width => deciding.Any(claim => claim.Estimate.Interval is null) ? null : deciding.Max(claim => claim.Width);

    public Verdict Verdict()
    {
        var kind = deciding.Any(claim => claim.Kind is VerdictKind.DoesNotHold) ? VerdictKind.DoesNotHold
            : deciding.All(claim => claim.Kind is VerdictKind.Holds) ? VerdictKind.Holds
            : VerdictKind.CannotBeTold;
        return new(kind, kind is VerdictKind.Holds ? Holds : Doubt(kind), [.. Claims.Select(claim => claim.Figure)]);
    }

    string Doubt(VerdictKind kind) => string.Join(" ", deciding.Where(claim => claim.Kind == kind).Select(claim =>
        $"{claim.Name}: measured {claim.Estimate.Text(claim.Unit)}, expected {claim.Expected}"
        + (kind is VerdictKind.DoesNotHold ? "." : claim.Estimate.Interval is null ? "; there is no interval yet." : "; the interval does not decide it.")));
}
