using DinOrleans.Contracts.Users;

namespace DinOrleans.Datasets.Import.MovieLens;

/// <summary>Writes users as profiles, without the zip code, which often belongs to a single user.</summary>
internal static class MovieLensUsers
{
    private const string AgeBand = "age_band";
    private const int OldestAge = 150;

    /// <summary>The categorical profile features of a layout.</summary>
    public static IReadOnlyList<string> Categorical(MovieLensLayout layout) => layout switch
    {
        { Users: null } => [],
        { HasAgeBands: true } => [MovieLensLayout.Gender, MovieLensLayout.Occupation, AgeBand],
        _ => [MovieLensLayout.Gender, MovieLensLayout.Occupation],
    };

    /// <summary>The numeric profile features of a layout.</summary>
    public static IReadOnlyList<string> Numeric(MovieLensLayout layout) =>
        layout is { Users: not null, HasAgeBands: false } ? [MovieLensLayout.Age] : [];

    /// <summary>Writes every user of a file.</summary>
    /// <exception cref="DatasetException">A row breaks a rule.</exception>
    public static void Write(string path, MovieLensLayout layout, DatasetWriter writer, CancellationToken cancellationToken)
    {
        string ageName = layout.HasAgeBands ? AgeBand : MovieLensLayout.Age;
        using DataTable table = DataTable.Open(path, layout.UserFormat);
        int user = table.Column(MovieLensLayout.User);
        int gender = table.Column(MovieLensLayout.Gender);
        int age = table.Column(MovieLensLayout.Age);
        int occupation = table.Column(MovieLensLayout.Occupation);
        string[] genders = ["M", "F"];
        var seen = new UniqueKeys();
        while (table.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            string id = table.Id(user);
            if (!seen.Add(id))
            {
                throw table.Error(user, "must be unique in the file");
            }

            if (table.WholeNumber(age) is < 0 or > OldestAge)
            {
                throw table.Error(age, $"must be 0 to {OldestAge}");
            }

            writer.Write(id, new UserProfile(new Dictionary<string, string>
            {
                [MovieLensLayout.Gender] = table.OneOf(gender, genders),
                [ageName] = table[age],
                [MovieLensLayout.Occupation] = table.Feature(occupation),
            }));
        }
    }
}
