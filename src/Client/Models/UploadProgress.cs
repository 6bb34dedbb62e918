namespace DinOrleans.Client;

/// <summary>How much of a version was sent.</summary>
/// <param name="SentBytes">The bytes of files that were sent.</param>
/// <param name="TotalBytes">The bytes of all files.</param>
public readonly record struct UploadProgress(long SentBytes, long TotalBytes);
