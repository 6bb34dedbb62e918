namespace DinOrleans.Standalone.Tests.Contract;

/// <summary>The names in the recorded session, with what stands for them on the server at hand: a version, a key, a training.</summary>
internal sealed class SessionNames
{
    private readonly List<(string Recorded, string Actual)> _names = [];

    /// <summary>Adds a name.</summary>
    public void Add(string recorded, string actual)
    {
        if (!_names.Contains((recorded, actual)))
        {
            _names.Add((recorded, actual));
        }
    }

    /// <summary>A text of the session as the server at hand knows it.</summary>
    public string ToActual(string recorded) => _names.Aggregate(recorded, (text, name) => text.Replace(name.Recorded, name.Actual, StringComparison.Ordinal));

    /// <summary>A text of the server at hand as the session has it.</summary>
    public string ToRecorded(string actual) => _names.Aggregate(actual, (text, name) => text.Replace(name.Actual, name.Recorded, StringComparison.Ordinal));
}
