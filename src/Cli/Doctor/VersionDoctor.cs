using DinOrleans.Cli.Backups;
using DinOrleans.Model.Artifacts;
using DinOrleans.Storage.Registry;

namespace DinOrleans.Cli.Doctor;

/// <summary>Looks at the model versions of a data folder, and whether they are those that the registry names.</summary>
/// <param name="folder">The data folder.</param>
/// <param name="findings">Takes what is found.</param>
internal sealed class VersionDoctor(string folder, Findings findings)
{
    private const string Replace = "Put the folder back from a backup, or activate another version.";

    /// <summary>Verifies every version.</summary>
    /// <param name="named">The versions that the registry names; null where it cannot be read.</param>
    /// <param name="activation">The versions that serve; null where that is not known.</param>
    /// <param name="cancellationToken">Ends the verification.</param>
    public void Look(IReadOnlyList<NamedVersion>? named, ModelActivation? activation, CancellationToken cancellationToken)
    {
        string[] held = DataFolder.ListVersions(folder);
        foreach (string version in held)
        {
            Verify(version, activation, cancellationToken);
        }

        foreach (NamedVersion missing in (named ?? []).Where(v => !v.IsRefused && !held.Contains(v.Version)))
        {
            findings.Problem(Place(missing.Version), $"The registry names this version{Use(missing.Version, activation)} but it is missing.", Replace);
        }

        string[] unnamed = [.. named is null ? [] : held.Except(named.Select(v => v.Version))];
        foreach (string version in unnamed)
        {
            findings.Note(Place(version), "The registry does not name this version: it was uploaded or is being trained, and was not published.", "");
        }
    }

    private void Verify(string version, ModelActivation? activation, CancellationToken cancellationToken)
    {
        string place = Place(version);
        try
        {
            Artifact.Verify(place, cancellationToken);
        }
        catch (ArtifactException e)
        {
            findings.Problem(place, $"This version{Use(version, activation)} is damaged: {e.Message}", Replace);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException && !Directory.Exists(place))
        {
            // The server has removed it meanwhile.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            findings.Unknown(place, $"This version{Use(version, activation)} cannot be read: {e.Message}", "Run this as the user of the server, and look at the disk.");
        }
    }

    private string Place(string version) => Path.Combine(folder, DataFolder.Versions, version);

    private static string Use(string version, ModelActivation? activation) =>
        version == activation?.Active ? ", which serves,"
        : version == activation?.Target ? ", which is about to serve,"
        : "";
}
