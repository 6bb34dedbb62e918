namespace DinOrleans.Training.Datasets;

/// <summary>A dataset breaks a rule; names the file, and where it is known the line, the column and the rule.</summary>
public sealed class DatasetException : Exception
{
    public DatasetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A bad value.</summary>
    public static DatasetException At(string file, long line, string column, string rule) => new($"{file} line {line}, column {column}: {rule}.");
}
