using FlagCloud.Contracts;
using FlagCloud.Silo.Comparisons.Strategies;

namespace FlagCloud.Silo.Questions;

/// <summary>One way of doing the work.</summary>
/// <param name="Settings">As of a comparison of one strategy; seed, rounds and warm-up are the experiment's.</param>
/// <param name="Strategy">A strategy that only this question knows; null takes the one that the settings name.</param>
/// <param name="MeasureUse">False runs it without measuring what it uses.</param>
sealed record Trial(string Name, ComparisonRequest Settings, IStrategy? Strategy = null, bool MeasureUse = true);
