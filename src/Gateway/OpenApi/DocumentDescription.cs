using Microsoft.OpenApi;

namespace DinOrleans.Gateway.OpenApi;

/// <summary>Describes the API as a whole.</summary>
internal static class DocumentDescription
{
    private const string Text =
        """
        DinOrleans ranks candidate items for a user with a Deep Interest Network, and keeps what each user did.

        Every error has problem details (RFC 9457) as its body. Bad input lists each field with the rule that it breaks, and nothing of the request is
        applied. A member of a request that is null counts as one that is left out, and a member of an answer that would be null is left out.
        The request and the answers in the examples were recorded from a server.
        """;

    private static readonly (string Name, string Text)[] Tags =
    [
        ("Ranking", "Rankings of candidates for a user."),
        ("Events", "What users did."),
        ("Items", "The catalogue."),
        ("Users", "Profiles, and what is held about users."),
        ("Models", "The model versions, and which one serves."),
        ("Experiments", "Shadows, canaries and splits of the users."),
        ("Trainings", "Trainings of versions from the log."),
        ("Keys", "The API keys."),
        ("Schema", "The event types and features that requests may name."),
        ("System", "What the gateway and the cluster do now."),
        ("Health", "Probes."),
    ];

    /// <summary>Describes what no single operation or schema has.</summary>
    public static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "DinOrleans",
            Version = "1",
            Description = Text.ReplaceLineEndings("\n"),
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };

        // The document is the same wherever it is served.
        document.Servers = [new OpenApiServer { Url = "/", Description = "The server that serves this document." }];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Text }));
        OpenApiSecurity.Describe(document);
        NullFreeSchemas.Rewrite(document);
    }
}
