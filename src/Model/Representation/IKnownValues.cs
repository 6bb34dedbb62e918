namespace DinOrleans.Model.Representation;

/// <summary>The values of a vocabulary that have rows of their own, by descending frequency.</summary>
internal interface IKnownValues : IReadOnlyList<string>, IDisposable
{
    /// <summary>The index of a value. −1 where it has no row of its own.</summary>
    int Find(string value);
}
