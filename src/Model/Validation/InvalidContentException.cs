namespace DinOrleans.Model.Validation;

/// <summary>What was given breaks a rule: a schema, options, a dataset or a version. The message names the field or the file, and the rule.</summary>
public class InvalidContentException : Exception
{
    /// <param name="message">The field or the file, and the rule.</param>
    /// <param name="innerException">The error that led to this one; null for none.</param>
    public InvalidContentException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
