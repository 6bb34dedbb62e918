using System.Buffers;
using System.Globalization;
using System.Text;

namespace DinOrleans.Datasets.Import.AmazonReviews;

/// <summary>
/// Writes a Python literal (dictionaries, lists, tuples, strings, numbers, True, False, None) as JSON. It converts only the tokens. The JSON parser checks
/// that they form one complete value.
/// </summary>
internal static class PythonLiteral
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <exception cref="FormatException">A token does not belong to a literal.</exception>
    public static string ToJson(ReadOnlySpan<char> text)
    {
        var json = new StringBuilder(text.Length + 16);
        int at = 0;
        while (at < text.Length)
        {
            char c = text[at];
            if (c is '\'' or '"')
            {
                at += String(text[at..], json);
            }
            else if (char.IsAsciiLetter(c))
            {
                at += Word(text[at..], json);
            }
            else
            {
                json.Append(c switch { '(' => '[', ')' => ']', _ => c });
                at++;
            }
        }

        return json.ToString();
    }

    /// <returns>Characters read.</returns>
    private static int Word(ReadOnlySpan<char> text, StringBuilder json)
    {
        int end = text.IndexOfAnyExcept(Letters);
        ReadOnlySpan<char> word = end < 0 ? text : text[..end];
        bool isPrefix = word is "u" && text.Length > 1 && text[1] is ('\'' or '"');
        bool isExponent = word is "e" or "E";
        json.Append(word switch
        {
            "None" => "null",
            "True" => "true",
            "False" => "false",
            _ when isPrefix => "",
            _ when isExponent => "e",
            _ => throw new FormatException($"{word} is not a literal"),
        });
        return word.Length;
    }

    /// <returns>Characters read.</returns>
    private static int String(ReadOnlySpan<char> text, StringBuilder json)
    {
        char quote = text[0];
        json.Append('"');
        int at = 1;
        while (at < text.Length && text[at] != quote)
        {
            if (text[at] == '\\')
            {
                at += Escape(text[at..], json);
                continue;
            }

            Append(text[at++], json);
        }

        json.Append('"');
        return at < text.Length ? at + 1 : throw new FormatException("a string does not end");
    }

    /// <returns>Characters read.</returns>
    private static int Escape(ReadOnlySpan<char> text, StringBuilder json)
    {
        char kind = text.Length > 1 ? text[1] : throw new FormatException("a string does not end");
        switch (kind)
        {
            case 'x':
                return Code(text, digits: 2, json);
            case 'u':
                return Code(text, digits: 4, json);
            case 'U':
                return Code(text, digits: 8, json);
            case '\'' or '"' or '\\':
                Append(kind, json);
                return 2;
            case 'n' or 'r' or 't' or 'b' or 'f':
                json.Append('\\').Append(kind);
                return 2;
            default:
                // As in Python, a backslash before any other character is a backslash.
                Append('\\', json);
                return 1;
        }
    }

    private static int Code(ReadOnlySpan<char> text, int digits, StringBuilder json)
    {
        const int Start = 2;
        if (text.Length < Start + digits
            || !int.TryParse(text.Slice(Start, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int code)
            || code is < 0 or > 0x10FFFF)
        {
            throw new FormatException($"\\{text[1]} must be followed by {digits} hexadecimal digits of a character");
        }

        if (code > char.MaxValue)
        {
            string pair = char.ConvertFromUtf32(code);
            Escaped(pair[0], json);
            Escaped(pair[1], json);
        }
        else
        {
            Escaped((char)code, json);
        }

        return Start + digits;
    }

    private static void Append(char c, StringBuilder json)
    {
        if (c is '"' or '\\' || char.IsControl(c))
        {
            Escaped(c, json);
        }
        else
        {
            json.Append(c);
        }
    }

    private static void Escaped(char c, StringBuilder json) => json.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
}
