namespace DinOrleans.Training.Network.Embeddings;

/// <summary>
/// Makes the vectors of items, users or contexts: the embedding rows of the categorical features, then the numbers.
/// </summary>
/// <remarks>
/// Rows are gathered straight into the tensor that autograd starts from, and its gradient is added straight to the rows' gradients. This takes one
/// pass over the batch each way, whatever the size of the tables.
/// </remarks>
internal sealed class EntityVectors
{
    private readonly string _what;
    private readonly RowGradients[] _gradients;
    private readonly EntityRows _entities;

    /// <param name="what">The word for the entities in error messages.</param>
    /// <param name="gradients">The gradients of the table of each categorical feature, in schema order.</param>
    /// <param name="entities">The rows of the entities.</param>
    public EntityVectors(string what, IEnumerable<RowGradients> gradients, EntityRows entities)
    {
        _what = what;
        _gradients = [.. gradients];
        _entities = entities;
        if (_gradients.Length != entities.Rows.Length)
        {
            throw new ArgumentException($"There are {_gradients.Length} {what} tables, but rows of {entities.Rows.Length} {what} features.");
        }

        for (int f = 0; f < _gradients.Length; f++)
        {
            TrainableTable table = _gradients[f].Table;
            if (entities.Rows[f].Any(row => (uint)row >= (uint)table.Rows))
            {
                throw new ArgumentException($"A {what} has a row outside the {table.Rows} rows of table {table.Key}.");
            }
        }

        Width = _gradients.Sum(g => g.Table.Dimension) + entities.NumberCount;
    }

    /// <summary>The number of floats of a vector.</summary>
    public int Width { get; }

    /// <summary>Writes the vectors of entities. The index −1 gives zeros.</summary>
    /// <param name="entities">The indexes of the entities.</param>
    /// <param name="vectors">[entities × <see cref="Width"/>] The vectors, which are overwritten.</param>
    /// <param name="hidden">The values that are hidden in a training step. Null hides none, as in serving.</param>
    public void Gather(ReadOnlySpan<int> entities, Span<float> vectors, HiddenValues? hidden)
    {
        foreach (int entity in entities)
        {
            Span<float> vector = vectors[..Width];
            vectors = vectors[Width..];
            if (entity < 0)
            {
                vector.Clear();
                continue;
            }

            if (entity >= _entities.Count)
            {
                throw new ArgumentException($"Batch: {_what} {entity} is not one of the {_entities.Count} known.");
            }

            for (int f = 0; f < _gradients.Length; f++)
            {
                TrainableTable table = _gradients[f].Table;
                int own = _entities.Rows[f][entity];
                Span<float> row = table.Row(hidden?.RowOf(table, own) ?? own);
                row.CopyTo(vector);
                vector = vector[row.Length..];
            }

            _entities.Numbers.AsSpan(entity * _entities.NumberCount, _entities.NumberCount).CopyTo(vector);
        }
    }

    /// <summary>Adds the gradients of vectors to those of the rows that the vectors are made of.</summary>
    /// <param name="entities">The indexes that were gathered.</param>
    /// <param name="gradients">[entities × <see cref="Width"/>] The gradients of the vectors.</param>
    /// <param name="hidden">The values that were hidden.</param>
    public void Scatter(ReadOnlySpan<int> entities, ReadOnlySpan<float> gradients, HiddenValues hidden)
    {
        foreach (int entity in entities)
        {
            ReadOnlySpan<float> gradient = gradients[..Width];
            gradients = gradients[Width..];
            if (entity < 0)
            {
                continue;
            }

            for (int f = 0; f < _gradients.Length; f++)
            {
                TrainableTable table = _gradients[f].Table;
                _gradients[f].Add(hidden.RowOf(table, _entities.Rows[f][entity]), gradient[..table.Dimension]);
                gradient = gradient[table.Dimension..];
            }
        }
    }
}
