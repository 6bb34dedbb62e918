using System.Text;

namespace DinOrleans.Kernels.Cuda;

/// <summary>A compiled program on a device.</summary>
internal sealed unsafe class CudaModule : IDisposable
{
    private const int MaxDynamicSharedBytes = 8;

    private readonly CudaDevice _device;
    private readonly nint _module;

    /// <param name="device">The device.</param>
    /// <param name="code">What <see cref="CudaCompiler"/> made for the device's architecture.</param>
    public CudaModule(CudaDevice device, byte[] code)
    {
        _device = device;
        device.Use();
        fixed (byte* image = code)
        {
            nint module;
            CudaDriver.Check(CudaDriver.cuModuleLoadData(&module, image), "cuModuleLoadData");
            _module = module;
        }
    }

    /// <summary>Finds a kernel.</summary>
    /// <param name="name">The name of the function in the source.</param>
    /// <param name="sharedBytes">Dynamic shared memory that a block of it takes.</param>
    /// <exception cref="CudaException">There is no such kernel, or the device has less shared memory.</exception>
    public nint Function(string name, int sharedBytes)
    {
        nint function;
        fixed (byte* text = Encoding.UTF8.GetBytes(name + '\0'))
        {
            CudaDriver.Check(CudaDriver.cuModuleGetFunction(&function, _module, text), $"cuModuleGetFunction {name}");
        }

        CudaDriver.Check(
            CudaDriver.cuFuncSetAttribute(function, MaxDynamicSharedBytes, sharedBytes), $"Giving {name} {sharedBytes} bytes of shared memory");
        return function;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _device.Use();
        _ = CudaDriver.cuModuleUnload(_module);
    }
}

/// <summary>The arguments of one kernel launch, in order. Each takes eight bytes, of which a kernel reads as many as its parameter has.</summary>
internal unsafe ref struct KernelArguments
{
    private const int Most = 24;

    private fixed ulong _values[Most];
    private fixed ulong _pointers[Most];
    private int _count;

    public void Add(nuint pointer) => _values[_count++] = pointer;

    public void Add(int number) => _values[_count++] = (uint)number;

    public void Add(float number) => _values[_count++] = BitConverter.SingleToUInt32Bits(number);

    /// <summary>Adds a structure that is passed by value; it must stay where it is until the launch.</summary>
    public void AddStructure(void* structure) => _pointers[_count++] = (ulong)structure;

    /// <summary>Launches a kernel on a stream.</summary>
    public void Launch(nint function, (int X, int Y) grid, int block, int sharedBytes, nint stream)
    {
        fixed (ulong* values = _values, pointers = _pointers)
        {
            for (int i = 0; i < _count; i++)
            {
                pointers[i] = pointers[i] == 0 ? (ulong)(values + i) : pointers[i];
            }

            CudaDriver.Check(
                CudaDriver.cuLaunchKernel(function, (uint)grid.X, (uint)grid.Y, 1, (uint)block, 1, 1, (uint)sharedBytes, stream, (void**)pointers, null),
                "cuLaunchKernel");
        }
    }
}
