using System.Numerics.Tensors;
using DinOrleans.Model.Ranking;

namespace DinOrleans.Kernels.Processors;

/// <summary>Scores <see cref="TwoTower"/> on processors: the vector of the user once per request, that of each candidate, and their products.</summary>
/// <typeparam name="TLanes">The instruction set.</typeparam>
/// <typeparam name="TVector">Its vectors.</typeparam>
internal sealed class ProcessorTowers<TLanes, TVector> : ProcessorKernel<TLanes, TVector>
    where TLanes : struct, ILanes<TVector>
    where TVector : struct
{
    private readonly ScoreLayout _layout;
    private readonly TwoTowerOptions _options;

    /// <summary>The weights of the pooled history of each sequence, [d, units].</summary>
    private readonly float[][] _histories;
    private readonly float[] _profile;
    private readonly float[] _context;
    private readonly FusedTower<TLanes, TVector> _user;
    private readonly FusedTower<TLanes, TVector> _item;
    private readonly float[] _bias;

    /// <param name="form">The form of the version.</param>
    public ProcessorTowers(FusedTowerForm form)
        : base(form.Options.TowerUnits[0], form.Layout.ItemWidth)
    {
        _layout = form.Layout;
        _options = form.Options;
        _histories = [.. form.Suffixes.Select((s, i) => form.Values(i == 0 ? "user/0/history/weight" : $"user/0/interest{s}/weight"))];
        _profile = form.Values("user/0/profile/weight");
        _context = form.Values("user/0/context/weight");
        _user = new(form, "user", inputWeight: []);
        _item = new(form, "item", form.Values("item/0/candidate/weight"));
        _bias = form.Values("bias");
    }

    private protected override void Score(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        int rows = SetCandidates(batch, request, scratch);
        ReadOnlySpan<float> users = Users(batch, request, scratch);
        Span<float> items = scratch.Logits.Room(rows * _item.Stride);
        _item.Run(scratch, new(scratch.Candidates.Room(rows * _layout.ItemWidth), _layout.ItemWidth), rows, _item.Bias, items);
        for (int n = 0; n < batch.CandidateCounts[request]; n++)
        {
            int row = (request * batch.CandidateCount) + n;
            ReadOnlySpan<float> item = items.Slice(n * _item.Stride, _options.OutputWidth);
            float scale = _options.UnitVectors ? UnitScale(item) : 1;
            float itemBias = _options.UseBias ? batch.CandidateBias[row] : 0;
            for (int k = 0; k < _layout.TaskCount; k++)
            {
                float product = TensorPrimitives.Dot(item, users.Slice(k * _options.OutputWidth, _options.OutputWidth)) * scale;
                batch.Scores[(row * _layout.TaskCount) + k] = 1 / (1 + MathF.Exp(-(product + itemBias + _bias[k])));
            }
        }
    }

    /// <summary>The user's vector for each task, divided by the temperature, [K, width].</summary>
    private ReadOnlySpan<float> Users(in FusedBatch batch, int request, FusedScratch<TLanes, TVector> scratch)
    {
        Span<float> bias = scratch.TopBias.Room(_user.Bias.Length);
        _user.Bias.CopyTo(bias);
        Span<float> own = bias[.._options.TowerUnits[0]];
        Span<float> pooled = scratch.Interest.Room(_layout.ItemWidth);
        for (int s = 0; s < _histories.Length; s++)
        {
            PooledHistory.Pool(batch.BehavioursOf(request, s, _layout), Pooling.Average, pooled);
            MatrixProduct<TLanes, TVector>.AddRow(pooled, _histories[s], own);
        }

        MatrixProduct<TLanes, TVector>.AddRow(batch.Profile.Slice(request * _layout.ProfileWidth, _layout.ProfileWidth), _profile, own);
        MatrixProduct<TLanes, TVector>.AddRow(batch.Context.Slice(request * _layout.ContextWidth, _layout.ContextWidth), _context, own);

        // One row counts, and the others of its tile are ignored.
        Span<float> users = scratch.Pooled.Room(Rows.PerTile * _user.Stride);
        _user.Run(scratch, new([], 0), Rows.PerTile, bias, users);
        for (int k = 0; k < _layout.TaskCount; k++)
        {
            Span<float> user = users.Slice(k * _options.OutputWidth, _options.OutputWidth);
            TensorPrimitives.Multiply(user, (_options.UnitVectors ? UnitScale(user) : 1) / _options.Temperature, user);
        }

        return users[..(_layout.TaskCount * _options.OutputWidth)];
    }

    /// <summary>1 / ‖x‖, as far as the model keeps it finite.</summary>
    private static float UnitScale(ReadOnlySpan<float> x) => 1 / MathF.Sqrt(TensorPrimitives.SumOfSquares(x) + Similarity.SquareEpsilon);
}
