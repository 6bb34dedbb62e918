using DinOrleans.Kernels.Cuda;

namespace DinOrleans.Kernels.Tests.Cuda;

public sealed class CudaDeviceTests
{
    [Fact]
    public void Open_DeviceThatIsNotThere_SaysSo()
    {
        int missing = CudaDevice.Count;
        CudaException error = Assert.Throws<CudaException>(() => CudaDevice.Open(missing));
        Assert.Contains(missing == 0 ? "No CUDA device was found." : $"CUDA device {missing} was not found", error.Message, StringComparison.Ordinal);
    }
}
