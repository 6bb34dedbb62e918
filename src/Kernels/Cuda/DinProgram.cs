using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Cuda;

/// <summary>The kernels of <c>din.cu</c>, compiled for a version, and its weights on the device.</summary>
internal sealed class DinProgram : IDisposable
{
    private const string Source = "din.cu";

    private readonly CudaModule _module;
    private readonly List<DeviceMemory> _memory = [];

    /// <param name="device">The device.</param>
    /// <param name="form">The form of the version.</param>
    /// <param name="sizes">Its sizes.</param>
    /// <exception cref="CudaException">The kernels do not compile, or the device has no room.</exception>
    public DinProgram(CudaDevice device, FusedDinForm form, DinSizes sizes)
    {
        Device = device;
        Sizes = sizes;
        Layout = form.Layout;
        HasProduct = DinSizes.HasProduct(form.Options);
        UseBias = form.Options.UseBias;
        UnitShared = sizes.UnitShared(form.Options);
        _module = new(device, CudaCompiler.Compile(ReadSource(), Source, sizes.CompilerOptions(form.Options, device.Capability)));
        try
        {
            Terms = _module.Function("terms", 0);
            Unit = _module.Function("unit", UnitShared);
            Top = _module.Function("top", sizes.TopShared);
            UnitBlocks = device.Multiprocessors * BlocksPerMultiprocessor();
            var weights = new DinWeights(form, sizes);
            BehaviourWeight = Upload(weights.Behaviour());
            CandidateWeight = Upload(weights.Candidate());
            Bias = Upload(weights.Bias());
            NoBias = Upload(new float[sizes.PaddedFirst]);
            ByAge = Upload(weights.ByAge());
            FirstFragments = HasProduct ? Fragments(weights.Product(), sizes.First, sizes.Steps, sizes.PaddedFirst, sizes.FirstFragments) : 0;
            SecondFragments = Fragments(weights.Hidden(), sizes.Second, sizes.PaddedFirst / 16, sizes.PaddedSecond, sizes.SecondFragments);
            FirstActivation = Upload(weights.FirstActivation());
            SecondLayer = Upload(weights.SecondLayer());
            OutputBias = weights.OutputBias();
            (float[] parameters, TopLayers) = weights.Top();
            TopParameters = Upload(parameters);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public CudaDevice Device { get; }

    public DinSizes Sizes { get; }

    public ScoreLayout Layout { get; }

    /// <summary>True if candidates bring a learned bias.</summary>
    public bool UseBias { get; }

    public nint Terms { get; }

    public nint Unit { get; }

    public nint Top { get; }

    /// <summary>Blocks of the activation unit that the device runs at a time.</summary>
    public int UnitBlocks { get; }

    public int UnitShared { get; }

    public nuint BehaviourWeight { get; }

    public nuint CandidateWeight { get; }

    public nuint Bias { get; }

    public nuint NoBias { get; }

    /// <summary>0 if the activation unit does not see recency.</summary>
    public nuint ByAge { get; }

    /// <summary>0 if the activation unit does not see e⊙v.</summary>
    public nuint FirstFragments { get; }

    public nuint SecondFragments { get; }

    public nuint FirstActivation { get; }

    public nuint SecondLayer { get; }

    public float OutputBias { get; }

    public nuint TopParameters { get; }

    public DinTop TopLayers { get; }

    private bool HasProduct { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memory.ForEach(m => m.Dispose());
        _module.Dispose();
    }

    private static string ReadSource()
    {
        using Stream stream = typeof(DinProgram).Assembly.GetManifestResourceStream(Source)
            ?? throw new InvalidOperationException($"{Source} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private unsafe int BlocksPerMultiprocessor()
    {
        int blocks;
        CudaDriver.Check(
            CudaDriver.cuOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, Unit, DinSizes.UnitThreads, (nuint)UnitShared),
            "cuOccupancyMaxActiveBlocksPerMultiprocessor");
        return Math.Max(1, blocks);
    }

    private nuint Upload(float[] values)
    {
        if (values.Length == 0)
        {
            return 0;
        }

        DeviceMemory memory = DeviceMemory.Copy(Device, values);
        _memory.Add(memory);
        return memory.Pointer;
    }

    /// <summary>Puts a weight matrix in the order in which the tensor cores read it.</summary>
    private nuint Fragments(float[] weight, int columns, int steps, int paddedColumns, int bytes)
    {
        using DeviceMemory plain = DeviceMemory.Copy(Device, weight);
        var fragments = new DeviceMemory(Device);
        _memory.Add(fragments);
        int tiles = paddedColumns / 8;
        var arguments = new KernelArguments();
        arguments.Add(plain.Pointer);
        arguments.Add(weight.Length / columns);
        arguments.Add(columns);
        arguments.Add(tiles);
        arguments.Add(fragments.Room((nuint)bytes));
        arguments.Launch(_module.Function("fragments", 0), (steps * tiles, 1), 32, 0, 0);
        CudaDriver.Check(CudaDriver.cuStreamSynchronize(0), "Ordering the weights");
        return fragments.Pointer;
    }
}
