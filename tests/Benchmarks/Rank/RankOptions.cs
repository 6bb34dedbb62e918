namespace DinOrleans.Benchmarks.Rank;

/// <summary>What a comparison covers.</summary>
internal sealed record RankOptions
{
    public required IReadOnlyList<RankShape> Shapes { get; init; }

    /// <summary>Seconds of a round, 1 to 600.</summary>
    public required int Seconds { get; init; }

    /// <summary>Rounds of each load on each server, taken in turns; 1 to 100.</summary>
    public required int Rounds { get; init; }

    /// <summary>Connections of the closed loops; null for those of the shape.</summary>
    public IReadOnlyList<int>? Connections { get; init; }

    /// <summary>True if open loops follow the closed ones.</summary>
    public required bool OpenLoops { get; init; }

    /// <summary>Our server again, otherwise set up: a name, then settings, "two Scoring:Workers=2".</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>The share of the users, in percent, whose rankings a shadow scores in a further contestant; null for none.</summary>
    public double? Shadow { get; init; }

    /// <summary>The share of the users, in percent, whom a second version answers in a further contestant; null for none.</summary>
    public double? Canary { get; init; }

    /// <summary>True if the Python server is a further contestant.</summary>
    public bool HasPython { get; init; }

    /// <summary>True for a further contestant that trains during its rounds.</summary>
    public bool BesideTraining { get; init; }

    /// <summary>True for a further contestant that asks for an API key, which its callers send.</summary>
    public bool Keys { get; init; }

    /// <summary>True for a further contestant that is called by gRPC.</summary>
    public bool Grpc { get; init; }

    /// <summary>The share of the requests, in percent, that a further contestant traces; null for none.</summary>
    public double? Tracing { get; init; }

    /// <summary>Another source tree of this repository, measured in the same turns; null for none.</summary>
    public string? Against { get; init; }

    /// <summary>Datasets, versions, data folders and the plain server's build; kept for the next run.</summary>
    public required string Scratch { get; init; }
}
