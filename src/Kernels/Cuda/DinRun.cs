using System.Runtime.InteropServices;

namespace DinOrleans.Kernels.Cuda;

/// <summary>A stream of a device with the memory of one batch at a time.</summary>
internal sealed unsafe class DinRun : IDisposable
{
    /// <summary>Parts of the upload begin where the device reads fastest.</summary>
    private const int Alignment = 256;

    private readonly DinProgram _program;
    private readonly nint _stream;
    private readonly PinnedMemory _upload;
    private readonly PinnedMemory _download;
    private readonly DeviceMemory _inputs;
    private readonly DeviceMemory _behaviourTerms;
    private readonly DeviceMemory _candidateTerms;
    private readonly DeviceMemory _attention;
    private readonly DeviceMemory _scores;

    /// <param name="program">The kernels and weights of a version.</param>
    public DinRun(DinProgram program)
    {
        _program = program;
        CudaDevice device = program.Device;
        device.Use();
        nint stream;
        CudaDriver.Check(CudaDriver.cuStreamCreate(&stream, 1), "cuStreamCreate");
        _stream = stream;
        _upload = new(device);
        _download = new(device);
        _inputs = new(device);
        _behaviourTerms = new(device);
        _candidateTerms = new(device);
        _attention = new(device);
        _scores = new(device);
    }

    /// <summary>Scores a batch and waits for it.</summary>
    /// <exception cref="ArgumentException">A history is longer than the kernels take.</exception>
    /// <exception cref="CudaException">The device failed or has no room.</exception>
    public void Score(in FusedBatch batch)
    {
        if (batch.HistoryLength > DinWeights.MaxAges)
        {
            throw new ArgumentException($"A history has {batch.HistoryLength} behaviours; the fused kernel takes {DinWeights.MaxAges}.", nameof(batch));
        }

        _program.Device.Use();
        Inputs inputs = Upload(batch);
        nuint attention = Launch(batch, inputs);
        Download(batch, attention);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _program.Device.Use();
        _ = CudaDriver.cuStreamSynchronize(_stream);
        _ = CudaDriver.cuStreamDestroy(_stream);
        _upload.Dispose();
        _download.Dispose();
        _inputs.Dispose();
        _behaviourTerms.Dispose();
        _candidateTerms.Dispose();
        _attention.Dispose();
        _scores.Dispose();
    }

    private Inputs Upload(in FusedBatch batch)
    {
        int requests = batch.Requests;
        int d = _program.Layout.ItemWidth;
        ReadOnlySpan<byte> histories = MemoryMarshal.AsBytes(batch.HistoryLengths[..requests]);
        ReadOnlySpan<byte> counts = MemoryMarshal.AsBytes(batch.CandidateCounts[..requests]);
        ReadOnlySpan<byte> behaviours = MemoryMarshal.AsBytes(batch.Behaviours[..(requests * batch.HistoryLength * d)]);
        ReadOnlySpan<byte> candidates = MemoryMarshal.AsBytes(batch.Candidates[..(requests * batch.CandidateCount * d)]);
        ReadOnlySpan<byte> biases = MemoryMarshal.AsBytes(batch.CandidateBias[..(requests * batch.CandidateCount)]);
        ReadOnlySpan<byte> profile = MemoryMarshal.AsBytes(batch.Profile[..(requests * _program.Layout.ProfileWidth)]);
        ReadOnlySpan<byte> context = MemoryMarshal.AsBytes(batch.Context[..(requests * _program.Layout.ContextWidth)]);
        nuint bytes = Aligned(histories) + Aligned(counts) + Aligned(behaviours) + Aligned(candidates) + Aligned(biases) + Aligned(profile) + Aligned(context);
        byte* staging = _upload.Room(bytes);
        nuint device = _inputs.Room(bytes);
        nuint at = 0;
        nuint Place(ReadOnlySpan<byte> part)
        {
            part.CopyTo(new Span<byte>(staging + at, part.Length));
            nuint place = device + at;
            at += Aligned(part);
            return place;
        }

        var inputs = new Inputs(Place(histories), Place(counts), Place(behaviours), Place(candidates), Place(biases), Place(profile), Place(context));
        if (!_program.UseBias)
        {
            new Span<byte>(staging + (inputs.Biases - device), biases.Length).Clear();
        }

        CudaDriver.Check(CudaDriver.cuMemcpyHtoDAsync(device, staging, bytes, _stream), "cuMemcpyHtoDAsync");
        return inputs;
    }

    /// <returns>Where the attention weights are on the device.</returns>
    private nuint Launch(in FusedBatch batch, Inputs inputs)
    {
        DinSizes sizes = _program.Sizes;
        int requests = batch.Requests;
        int history = batch.HistoryLength;
        int count = batch.CandidateCount;
        nuint behaviourTerms = _behaviourTerms.Room(Floats(requests, history, sizes.PaddedFirst));
        nuint candidateTerms = _candidateTerms.Room(Floats(requests, count, sizes.PaddedFirst));
        nuint attention = _attention.Room(Floats(requests, count, history));
        nuint scores = _scores.Room(Floats(requests, count, _program.Layout.TaskCount));
        Terms(inputs.Behaviours, inputs.Histories, history, requests, _program.BehaviourWeight, _program.Bias, _program.ByAge, behaviourTerms);
        Terms(inputs.Candidates, inputs.Counts, count, requests, _program.CandidateWeight, _program.NoBias, 0, candidateTerms);

        int tiles = Tiles(count);
        var unit = new KernelArguments();
        unit.Add(inputs.Behaviours);
        unit.Add(inputs.Candidates);
        unit.Add(inputs.Histories);
        unit.Add(inputs.Counts);
        unit.Add(requests);
        unit.Add(history);
        unit.Add(count);
        unit.Add(behaviourTerms);
        unit.Add(candidateTerms);
        unit.Add(_program.FirstFragments);
        unit.Add(_program.SecondFragments);
        unit.Add(_program.FirstActivation);
        unit.Add(_program.SecondLayer);
        unit.Add(_program.OutputBias);
        unit.Add(attention);
        unit.Launch(_program.Unit, (Math.Min(requests * tiles, _program.UnitBlocks), 1), DinSizes.UnitThreads, _program.UnitShared, _stream);

        DinTop layers = _program.TopLayers;
        var top = new KernelArguments();
        top.Add(inputs.Behaviours);
        top.Add(inputs.Candidates);
        top.Add(inputs.Biases);
        top.Add(inputs.Profile);
        top.Add(inputs.Context);
        top.Add(inputs.Histories);
        top.Add(inputs.Counts);
        top.Add(history);
        top.Add(count);
        top.Add(attention);
        top.Add(_program.TopParameters);
        top.AddStructure(&layers);
        top.Add(scores);
        top.Launch(_program.Top, (tiles, requests), DinSizes.TopThreads, sizes.TopShared, _stream);
        return attention;
    }

    private void Terms(nuint vectors, nuint counts, int stride, int requests, nuint weight, nuint bias, nuint byAge, nuint output)
    {
        var arguments = new KernelArguments();
        arguments.Add(vectors);
        arguments.Add(counts);
        arguments.Add(stride);
        arguments.Add(weight);
        arguments.Add(bias);
        arguments.Add(byAge);
        arguments.Add(output);
        arguments.Launch(_program.Terms, (Tiles(stride), requests), _program.Sizes.TermThreads, 0, _stream);
    }

    private void Download(in FusedBatch batch, nuint attention)
    {
        nuint scoreBytes = Floats(batch.Requests, batch.CandidateCount, _program.Layout.TaskCount);
        nuint attentionBytes = batch.Attention.IsEmpty ? 0 : Floats(batch.Requests, batch.CandidateCount, batch.HistoryLength);
        byte* staging = _download.Room(scoreBytes + attentionBytes);
        CudaDriver.Check(CudaDriver.cuMemcpyDtoHAsync(staging, _scores.Pointer, scoreBytes, _stream), "cuMemcpyDtoHAsync");
        if (attentionBytes > 0)
        {
            CudaDriver.Check(CudaDriver.cuMemcpyDtoHAsync(staging + scoreBytes, attention, attentionBytes, _stream), "cuMemcpyDtoHAsync");
        }

        CudaDriver.Check(CudaDriver.cuStreamSynchronize(_stream), "Scoring on the device");
        new ReadOnlySpan<byte>(staging, (int)scoreBytes).CopyTo(MemoryMarshal.AsBytes(batch.Scores));
        new ReadOnlySpan<byte>(staging + scoreBytes, (int)attentionBytes).CopyTo(MemoryMarshal.AsBytes(batch.Attention));
    }

    private static int Tiles(int rows) => (rows + DinSizes.Rows - 1) / DinSizes.Rows;

    private static nuint Floats(int first, int second, int third) => checked((nuint)first * (nuint)second * (nuint)third * sizeof(float));

    private static nuint Aligned(ReadOnlySpan<byte> part) => ((nuint)part.Length + Alignment - 1) / Alignment * Alignment;

    /// <summary>The places of the parts of a batch on the device.</summary>
    private readonly record struct Inputs(
        nuint Histories, nuint Counts, nuint Behaviours, nuint Candidates, nuint Biases, nuint Profile, nuint Context);
}
