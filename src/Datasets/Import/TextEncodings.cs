using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DinOrleans.Datasets.Import;

/// <summary>Finds text encodings by name, those of old code pages too.</summary>
public static class TextEncodings
{
    /// <summary>The rule of a name, in words that follow it.</summary>
    public const string Rule = "is not known; known are utf-8, latin1, windows-1252, utf-16, shift_jis, gb18030 and others";

    /// <summary>Finds an encoding.</summary>
    /// <returns>False if the name is not known.</returns>
    public static bool TryFind(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        try
        {
            // The provider knows the encodings that are not built in, and returns null for those that are.
            encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
            return true;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            encoding = null;
            return false;
        }
    }
}
