using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Cuda;

/// <summary>One GPU of this machine, in the primary context that it shares with other libraries of the process.</summary>
public sealed unsafe class CudaDevice
{
    private const int MultiprocessorCount = 16;
    private const int CapabilityMajor = 75;
    private const int CapabilityMinor = 76;

    private static readonly ConcurrentDictionary<int, Lazy<CudaDevice>> Devices = new();

    private readonly nint _context;

    private CudaDevice(int ordinal)
    {
        int device;
        CudaDriver.Check(CudaDriver.cuDeviceGet(&device, ordinal), $"cuDeviceGet {ordinal}");
        nint context;
        CudaDriver.Check(CudaDriver.cuDevicePrimaryCtxRetain(&context, device), "cuDevicePrimaryCtxRetain");
        _context = context;
        Ordinal = ordinal;
        Multiprocessors = Attribute(device, MultiprocessorCount);
        Capability = (Attribute(device, CapabilityMajor) * 10) + Attribute(device, CapabilityMinor);
        const int Length = 256;
        byte* name = stackalloc byte[Length];
        CudaDriver.Check(CudaDriver.cuDeviceGetName(name, Length, device), "cuDeviceGetName");
        Name = Marshal.PtrToStringUTF8((nint)name) ?? "";
    }

    /// <summary>Number of the device among those that the process sees, from 0.</summary>
    public int Ordinal { get; }

    /// <summary>The device's name, for example "NVIDIA H200".</summary>
    public string Name { get; }

    /// <summary>Number of its multiprocessors.</summary>
    public int Multiprocessors { get; }

    /// <summary>Compute capability times ten: 90 for 9.0.</summary>
    public int Capability { get; }

    /// <summary>How many GPUs the process sees; 0 where there is no driver.</summary>
    public static int Count
    {
        get
        {
            int count = 0;
            return CudaLibraries.Exists(CudaLibraries.Driver) && CudaDriver.cuInit(0) == 0 && CudaDriver.cuDeviceGetCount(&count) == 0 ? count : 0;
        }
    }

    /// <summary>Opens a device, once per process.</summary>
    /// <param name="ordinal">Number of the device, from 0.</param>
    /// <exception cref="CudaException">There is no driver or no such device.</exception>
    public static CudaDevice Open(int ordinal)
    {
        int count = Count;
        return ordinal >= 0 && ordinal < count
            ? Devices.GetOrAdd(ordinal, static number => new(() => new(number))).Value
            : throw new CudaException(count == 0 ? "No CUDA device was found." : $"CUDA device {ordinal} was not found; this machine has 0 to {count - 1}.");
    }

    /// <summary>Makes the device that of the calling thread, as every other call on it requires.</summary>
    internal void Use() => CudaDriver.Check(CudaDriver.cuCtxSetCurrent(_context), "cuCtxSetCurrent");

    private static int Attribute(int device, int attribute)
    {
        int value;
        CudaDriver.Check(CudaDriver.cuDeviceGetAttribute(&value, attribute, device), "cuDeviceGetAttribute");
        return value;
    }
}
