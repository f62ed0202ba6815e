namespace FlagCloud.Silo.Questions;

/// <summary>That a figure lies between two bounds: it holds if the whole 95 % interval does, does not if all of it lies outside, and else cannot be told.</summary>
sealed record Claim(string Name, Estimate Estimate, string Unit, double Least, double Most)
{
    public VerdictKind Kind => Estimate.Interval switch
    {
        null => VerdictKind.CannotBeTold,
        { } interval when interval.Low >= Least && interval.High <= Most => VerdictKind.Holds,
        { } interval when interval.High < Least || interval.Low > Most => VerdictKind.DoesNotHold,
        _ => VerdictKind.CannotBeTold,
    };

    /// <summary>Half width of the interval: of a share as it is, of anything else as a share of the figure.</summary>
    public double Width => Unit is "" && Math.Abs(Estimate.Median) < 1 ? Estimate.HalfSpan : Estimate.HalfSpan / Math.Abs(Estimate.Median);

    public string Expected => (FormattableString.Invariant(Bounds()) + " " + Unit).TrimEnd();

    public Figure Figure => Estimate.Figure(Name, Unit) with { Expected = Expected };

    public static Claim AtLeast(string name, Estimate estimate, string unit, double least) => new(name, estimate, unit, least, double.PositiveInfinity);

    public static Claim AtMost(string name, Estimate estimate, string unit, double most) => new(name, estimate, unit, double.NegativeInfinity, most);

    FormattableString Bounds() => (double.IsInfinity(Least), double.IsInfinity(Most)) switch
    {
        (false, true) => $"at least {Least:0.###}",
        (true, false) => $"at most {Most:0.###}",
        _ when Least.Equals(Most) => $"exactly {Least:0.###}",
        _ => $"{Least:0.###} to {Most:0.###}",
    };
}
