using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace DinOrleans.Gateway.Models;

/// <summary>Names the version to publish.</summary>
internal sealed class PublishRequest
{
    /// <summary>A version that lies in the artifact store.</summary>
    [Required, MinLength(1)]
    public string? Version { get; set; }

    /// <summary>
    /// False to record the version only, so that an experiment of one's own can name it. True, where it is left out, to bring it to the users.
    /// </summary>
    [DefaultValue(true)]
    public bool RollOut { get; set; } = true;
}
