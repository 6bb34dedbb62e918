namespace DinOrleans.Training.Log;

/// <summary>The part of a shop's events that is read.</summary>
/// <param name="AttributionWindow">
/// That of the samples to come. Logged rankings that are younger are left out, since what follows them is not known yet.
/// </param>
/// <param name="From">Events and rankings from before this moment are left out. Null for none.</param>
public sealed record LogWindow(TimeSpan AttributionWindow, DateTimeOffset? From = null)
{
    /// <summary>True for a moment in the window.</summary>
    public bool Has(DateTimeOffset moment) => !(moment < From);
}
