using System.ComponentModel.DataAnnotations;
using DinOrleans.Model.Ranking;
using DinOrleans.Model.Validation;
using DinOrleans.Training.Samples;
using DinOrleans.Training.Versions;

namespace DinOrleans.Training.Service.Attempts;

/// <summary>What the training service trains, from how much of the log, and when.</summary>
public sealed class TrainingOptions : IValidatableObject
{
    /// <summary>Configuration section.</summary>
    public const string Section = "Training";

    /// <summary>False to train nothing in this process, as where another one trains for the cluster. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The model, or a variant that <see cref="Options"/> names. Default "din".</summary>
    [Required]
    public string Model { get; set; } = Din.Name;

    /// <summary>
    /// Options of the model, its samples and its training as JSON, in the form that the command <c>train</c> takes with <c>--options</c>. Null, the
    /// default, stands for the defaults of all of them.
    /// </summary>
    public string? Options { get; set; }

    /// <summary>Events and logged rankings that are older than this are not learned from, 1 hour to 100 years. Null, the default, takes any age.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "36500.00:00:00")]
    public TimeSpan? MaxAge { get; set; }

    /// <summary>
    /// About how many events and impressions are learned from at most, 1,000 to 2,000,000,000: the latest ones, to the minute. It bounds the memory
    /// that a training takes. Default 50,000,000.
    /// </summary>
    [Range(1_000, 2_000_000_000)]
    public long MaxEvents { get; set; } = 50_000_000;

    /// <summary>True to start from the weights of the active version, where it has the same model and features. Default true.</summary>
    public bool WarmStart { get; set; } = true;

    /// <summary>
    /// After how many trainings with a warm start one starts from fresh weights, 1 to 1,000. A fresh start forgets the values that the log no longer
    /// has, so that vocabularies do not grow for ever. Default 10.
    /// </summary>
    [Range(1, 1_000)]
    public int FreshEvery { get; set; } = 10;

    /// <summary>
    /// The number of threads of a training, 1 to 1,024. Null, the default, stands for half of the processors. A first training, while rankings are by
    /// popularity, then takes all of them.
    /// </summary>
    [Range(1, 1_024)]
    public int? Threads { get; set; }

    /// <summary>
    /// By how much the threads of a training stand back for others, 0 to 19, as the command <c>nice</c> counts it. Systems other than Linux know two
    /// steps, 0 and more. A first training, while rankings are by popularity, does not stand back. Default 10.
    /// </summary>
    [Range(0, 19)]
    public int Niceness { get; set; } = 10;

    /// <summary>The time after which another training starts by itself, 1 minute to 10 years. Null for none. Default 1 day.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00")]
    public TimeSpan? Every { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// The number of positive events since the last training after which another one starts by itself, 1 to 1,000,000,000. Null for none. Default
    /// 100,000.
    /// </summary>
    [Range(1L, 1_000_000_000L)]
    public long? NewPositives { get; set; } = 100_000;

    /// <summary>
    /// The share by which the log loss of the active version rises, from when it was new, after which a training starts by itself, 0.001 to 10. Null
    /// for none. It is known where scores are probabilities. Default 0.1.
    /// </summary>
    [Range(0.001, 10.0)]
    public double? LogLossRise { get; set; } = 0.1;

    /// <summary>
    /// The number of shown items over which that log loss is taken at least, when the version was new and lately, 100 to 1,000,000,000. Default
    /// 10,000.
    /// </summary>
    [Range(100L, 1_000_000_000L)]
    public long LogLossItems { get; set; } = 10_000;

    /// <summary>
    /// The number of positive events with which a shop without any version starts its first training by itself, 1 to 1,000,000,000. Null for none.
    /// Default 1,000.
    /// </summary>
    [Range(1L, 1_000_000_000L)]
    public long? FirstPositives { get; set; } = 1_000;

    /// <summary>
    /// How often a service that has nothing to do asks for work and judges its triggers, 100 ms to 1 hour. Positive events are counted less often
    /// where counting takes long. Default 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AskEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What a version is trained with, from the settings alone.</summary>
    /// <exception cref="InvalidContentException">There is no such model, or an option breaks a rule.</exception>
    internal VersionOptions Version() => new VersionOptionsReader(Options, SampleProtocol.Live.Options(seed: 1)).Read(Model);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? problem = null;
        try
        {
            Version();
        }
        catch (InvalidContentException e)
        {
            problem = e.Message;
        }

        if (problem is not null)
        {
            yield return new ValidationResult($"{Section}:{nameof(Model)} and {Section}:{nameof(Options)}: {problem}", [nameof(Options)]);
        }
    }
}
