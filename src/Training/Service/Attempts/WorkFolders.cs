namespace DinOrleans.Training.Service.Attempts;

/// <summary>The folders of trainings that have not ended.</summary>
/// <param name="path">Holds one folder per training, named by its id.</param>
internal sealed class WorkFolders(string path)
{
    /// <summary>The folder of a training.</summary>
    /// <exception cref="ArgumentException">The id is not a name of a folder.</exception>
    public WorkFolder Of(string id) => id.Length > 0 && id.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
        ? new(Path.Combine(path, id))
        : throw new ArgumentException($"\"{id}\" cannot be the id of a training: ids are of letters, digits and dashes.", nameof(id));

    /// <summary>Removes the folders of trainings that are over, as after a service was killed between a training's end and its removal.</summary>
    /// <param name="isOver">True for the id of a training that no attempt follows.</param>
    public async Task RemoveOverAsync(Func<string, Task<bool>> isOver)
    {
        foreach (string folder in Directory.Exists(path) ? Directory.GetDirectories(path) : [])
        {
            if (await isOver(Path.GetFileName(folder)).ConfigureAwait(false))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
