using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets;

/// <summary>A dataset breaks a rule. The message names the file and, where there is one, the line, the column and the rule.</summary>
public sealed class DatasetException : InvalidContentException
{
    /// <param name="message">The file, the place in it and the rule.</param>
    /// <param name="innerException">The error that led to this one; null for none.</param>
    public DatasetException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>A value breaks a rule.</summary>
    /// <param name="file">File name.</param>
    /// <param name="line">Line in the file, from 1.</param>
    /// <param name="column">Name of the column.</param>
    /// <param name="rule">For example "must be RFC 3339".</param>
    public static DatasetException At(string file, long line, string column, string rule) => new($"{file} line {line}, column {column}: {rule}");
}
