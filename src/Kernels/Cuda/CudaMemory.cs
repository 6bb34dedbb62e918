namespace DinOrleans.Kernels.Cuda;

/// <summary>Memory of a device, which grows when more is asked for. What it held is lost then.</summary>
/// <param name="device">The device.</param>
internal sealed unsafe class DeviceMemory(CudaDevice device) : IDisposable
{
    private nuint _bytes;

    /// <summary>The address at which the memory begins on the device.</summary>
    public nuint Pointer { get; private set; }

    /// <summary>Makes room.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    /// <exception cref="CudaException">The device has no room.</exception>
    public nuint Room(nuint bytes)
    {
        if (bytes > _bytes)
        {
            Dispose();
            nuint pointer;
            nuint size = Math.Max(bytes, 1 << 16);
            CudaDriver.Check(CudaDriver.cuMemAlloc(&pointer, size), $"cuMemAlloc of {size} bytes");
            Pointer = pointer;
            _bytes = size;
        }

        return Pointer;
    }

    /// <summary>Holds a copy of floats.</summary>
    /// <param name="device">The device.</param>
    /// <param name="values">The values to hold.</param>
    public static DeviceMemory Copy(CudaDevice device, ReadOnlySpan<float> values)
    {
        var memory = new DeviceMemory(device);
        nuint bytes = (nuint)values.Length * sizeof(float);
        nuint pointer = memory.Room(bytes);
        fixed (float* source = values)
        {
            CudaDriver.Check(values.IsEmpty ? 0 : CudaDriver.cuMemcpyHtoD(pointer, source, bytes), "cuMemcpyHtoD");
        }

        return memory;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Pointer != 0)
        {
            device.Use();
            _ = CudaDriver.cuMemFree(Pointer);
            Pointer = 0;
            _bytes = 0;
        }
    }
}

/// <summary>Memory of the host that the device copies from and to directly, which grows when more is asked for.</summary>
/// <param name="device">The device.</param>
internal sealed unsafe class PinnedMemory(CudaDevice device) : IDisposable
{
    private byte* _pointer;
    private nuint _bytes;

    /// <summary>Makes room.</summary>
    /// <param name="bytes">How many bytes are needed.</param>
    /// <exception cref="CudaException">The host has no room.</exception>
    public byte* Room(nuint bytes)
    {
        if (bytes > _bytes)
        {
            Dispose();
            void* pointer;
            nuint size = Math.Max(bytes, 1 << 16);
            CudaDriver.Check(CudaDriver.cuMemHostAlloc(&pointer, size, 0), $"cuMemHostAlloc of {size} bytes");
            _pointer = (byte*)pointer;
            _bytes = size;
        }

        return _pointer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_pointer is not null)
        {
            device.Use();
            _ = CudaDriver.cuMemFreeHost(_pointer);
            _pointer = null;
            _bytes = 0;
        }
    }
}
