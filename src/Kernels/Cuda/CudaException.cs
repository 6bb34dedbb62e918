namespace DinOrleans.Kernels.Cuda;

/// <summary>A CUDA call failed, or CUDA is not on this machine.</summary>
/// <param name="message">What failed.</param>
public sealed class CudaException(string message) : Exception(message);
