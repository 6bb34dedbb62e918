using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway.Cors;

/// <summary>Which web pages of other sites may call the REST API from a browser.</summary>
public sealed class CorsOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Cors";

    /// <summary>
    /// The origins of the pages, such as "https://shop.example". There are none by default. Browsers send no key by themselves, so pages need a
    /// token of their own.
    /// </summary>
    public string[] Origins { get; set; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (int i = 0; i < Origins.Length; i++)
        {
            if (!IsOrigin(Origins[i]))
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(Origins)}:{i} is \"{Origins[i]}\": it must be an origin such as https://shop.example, without a path.", [nameof(Origins)]);
            }
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
        && url.GetLeftPart(UriPartial.Authority).Equals(text, StringComparison.OrdinalIgnoreCase) && url.UserInfo.Length == 0;
}
