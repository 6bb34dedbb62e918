using Microsoft.Extensions.Options;

namespace DinOrleans.Programs;

/// <summary>Describes an error in the one line that a program ends with.</summary>
public static class FailureLine
{
    /// <summary>Makes the line for standard error.</summary>
    public static string Describe(Exception error)
    {
        Exception cause = Cause(error);
        string text = cause is OptionsValidationException options ? string.Join(' ', options.Failures) : cause.Message;
        string line = string.Join(' ', text.Split((char[])['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return IsForPeople(cause) ? $"error: {line}" : $"error: {cause.GetType().Name}: {line} (Logging:LogLevel:DinOrleans.Programs=Debug shows where.)";
    }

    /// <summary>True for errors of input, settings, files and the network, whose message says all that there is to know.</summary>
    public static bool IsForPeople(Exception error) => Cause(error) is var cause
        && (cause is OptionsValidationException or IOException or UnauthorizedAccessException or InvalidDataException
            || cause.GetType().Namespace?.StartsWith("DinOrleans.", StringComparison.Ordinal) == true);

    private static Exception Cause(Exception error) => error is AggregateException { InnerExceptions: [Exception only] } ? Cause(only) : error;
}
