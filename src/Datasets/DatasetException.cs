using DinOrleans.Model.Validation;

namespace DinOrleans.Datasets;

/// <summary>A dataset breaks a rule. The message names the file and, where there is one, the line, the column and the rule.</summary>
public sealed class DatasetException : InvalidContentException
{
    /// <param name="message">The file, the place in it and the rule. It becomes one line, because it may quote what a file has between quotation marks.</param>
    /// <param name="innerException">The error that led to this one. Null for none.</param>
    public DatasetException(string message, Exception? innerException = null)
        : base(message.ReplaceLineEndings(" "), innerException)
    {
    }

    /// <summary>Makes an exception for a value that breaks a rule.</summary>
    /// <param name="file">The name of the file.</param>
    /// <param name="line">The line in the file, from 1.</param>
    /// <param name="column">The name of the column.</param>
    /// <param name="rule">The rule, for example "must be RFC 3339".</param>
    public static DatasetException At(string file, long line, string column, string rule) => new($"{file} line {line}, column {column}: {rule}");
}
