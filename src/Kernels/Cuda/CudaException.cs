namespace DinOrleans.Kernels.Cuda;

/// <summary>A CUDA call failed, or CUDA is not on this machine.</summary>
public sealed class CudaException : Exception
{
    public CudaException(string message)
        : base(message)
    {
    }

    public CudaException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
