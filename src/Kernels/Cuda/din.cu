// Scores a Deep Interest Network (Zhou et al., KDD 2018) on an NVIDIA GPU of compute capability 8.0 or later. Compiled at run time
// by NVRTC for the sizes of one model version.
//
// Given by the host as macros:
//   D           floats per item vector
//   U1, U2      units of the activation unit's two hidden layers
//   ACTIVATION  0 sigmoid, 1 relu, 2 PReLU, 3 Dice
//   PRODUCT     1 if the activation unit sees e*v
//   SOFTMAX     1 if attention weights are normalised over the history
//   INTENSITY   1 if the top network sees the sum of the attention weights
//   HALF        1: products in one pass of float16; 0: in three passes of bfloat16, which keeps 16 bits of each factor
//
// Shapes: R requests, each padded to H behaviours and N candidates. Rows beyond a request's own counts are neither read nor written.

#define KSTEPS ((D + 15) / 16)
#define TILES1 ((U1 + 15) / 16 * 2)
#define TILES2 ((U2 + 7) / 8)
#define WIDTH1 (TILES1 * 8)
#define WIDTH2 (TILES2 * 8)
#define ROWS 16
#define WARPS 4
// Eight floats more per row spread the rows of a tile over all shared memory banks.
#define TERM_STRIDE (WIDTH1 + 8)

typedef unsigned int u32;

struct __align__(16) Wide { u32 high0, high1, low0, low1; };
struct __align__(8) Narrow { u32 high0, high1; };
#if HALF
typedef Narrow Fragment;
#else
typedef Wide Fragment;
#endif

__device__ __forceinline__ u32 pack(float first, float second)
{
    u32 packed;
#if HALF
    asm("cvt.rn.f16x2.f32 %0, %2, %1;" : "=r"(packed) : "f"(first), "f"(second));
#else
    asm("cvt.rn.bf16x2.f32 %0, %2, %1;" : "=r"(packed) : "f"(first), "f"(second));
#endif
    return packed;
}

// What bfloat16 leaves over of two numbers.
__device__ __forceinline__ u32 rest(u32 packed, float first, float second)
{
    return pack(first - __uint_as_float(packed << 16), second - __uint_as_float(packed & 0xffff0000u));
}

__device__ __forceinline__ void multiply(float c[4], const u32 a[4], u32 b0, u32 b1)
{
#if HALF
    asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
#else
    asm("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
#endif
        : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3])
        : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// c += a*b, with a given in two parts whose second is not used in one pass.
__device__ __forceinline__ void multiply(float c[4], const u32 high[4], const u32 low[4], const Fragment& b)
{
    multiply(c, high, b.high0, b.high1);
#if !HALF
    multiply(c, low, b.high0, b.high1);
    multiply(c, high, b.low0, b.low1);
#endif
}

__device__ __forceinline__ float sigmoid(float x)
{
    float power, inverse;
    asm("ex2.approx.ftz.f32 %0, %1;" : "=f"(power) : "f"(x * -1.442695041f));
    asm("rcp.approx.ftz.f32 %0, %1;" : "=f"(inverse) : "f"(power + 1.0f));
    return inverse;
}

// scale and shift standardise a channel for Dice; alpha is the slope of Dice and PReLU.
__device__ __forceinline__ float activate(float x, float scale, float shift, float alpha)
{
#if ACTIVATION == 0
    return sigmoid(x);
#elif ACTIVATION == 1
    return fmaxf(x, 0.0f);
#elif ACTIVATION == 2
    return x > 0.0f ? x : alpha * x;
#else
    return x * fmaf(sigmoid(fmaf(x, scale, shift)), 1.0f - alpha, alpha);
#endif
}

// Two neighbouring floats of an item vector; 0 beyond its end.
__device__ __forceinline__ float2 pair(const float* __restrict__ row, int column)
{
#if D % 16 == 0
    return *reinterpret_cast<const float2*>(row + column);
#else
    float2 two;
    two.x = column < D ? row[column] : 0.0f;
    two.y = column + 1 < D ? row[column + 1] : 0.0f;
    return two;
#endif
}

// Two units of a dense layer over 16 rows: acc[i][row] += sum over k of x[k][row] * weight[k][unit i], with x in shared memory as
// [inputs][16]. A thread takes two units, so that each number that it reads of x is used twice.
__device__ __forceinline__ void dense(
    float acc[2][ROWS], const float* x, int inputs, const float* __restrict__ weight, int units, int first, int second)
{
    const float4* x4 = reinterpret_cast<const float4*>(x);
#pragma unroll 8
    for (int k = 0; k < inputs; k++)
    {
        float w[2] = {weight[k * units + first], weight[k * units + second]};
#pragma unroll
        for (int i = 0; i < ROWS / 4; i++)
        {
            float4 four = x4[k * (ROWS / 4) + i];
#pragma unroll
            for (int j = 0; j < 2; j++)
            {
                acc[j][4 * i + 0] = fmaf(four.x, w[j], acc[j][4 * i + 0]);
                acc[j][4 * i + 1] = fmaf(four.y, w[j], acc[j][4 * i + 1]);
                acc[j][4 * i + 2] = fmaf(four.z, w[j], acc[j][4 * i + 2]);
                acc[j][4 * i + 3] = fmaf(four.w, w[j], acc[j][4 * i + 3]);
            }
        }
    }
}

// A weight matrix [rows, columns] in the order in which the tensor cores' B operand is read: one fragment per k-step, tile and lane.
// Grid: k-steps x tiles; block: 32.
extern "C" __global__ void fragments(const float* __restrict__ weight, int rows, int columns, int tiles, Fragment* __restrict__ out)
{
    int step = blockIdx.x / tiles, tile = blockIdx.x % tiles;
    int column = tile * 8 + (threadIdx.x >> 2), row = step * 16 + (threadIdx.x & 3) * 2;
    float w[4];
#pragma unroll
    for (int i = 0; i < 4; i++)
    {
        int r = row + (i & 1) + (i >> 1) * 8;
        w[i] = r < rows && column < columns ? weight[r * columns + column] : 0.0f;
    }

    Fragment fragment;
    fragment.high0 = pack(w[0], w[1]);
    fragment.high1 = pack(w[2], w[3]);
#if !HALF
    fragment.low0 = rest(fragment.high0, w[0], w[1]);
    fragment.low1 = rest(fragment.high1, w[2], w[3]);
#endif
    out[blockIdx.x * 32 + threadIdx.x] = fragment;
}

// The part of the activation unit's first layer that is paid once per vector: rows*weight + bias, plus a term by age for behaviours.
// Grid: (ceil(stride / 16), R). weight is [D, WIDTH1], bias [WIDTH1], byAge [ages, WIDTH1] or null, out [R, stride, WIDTH1].
extern "C" __global__ void terms(
    const float* __restrict__ vectors, const int* __restrict__ counts, int stride, const float* __restrict__ weight,
    const float* __restrict__ bias, const float* __restrict__ byAge, float* __restrict__ out)
{
    __shared__ __align__(16) float x[D * ROWS];
    int request = blockIdx.y, first = blockIdx.x * ROWS, count = counts[request];
    if (first >= count)
    {
        return;
    }

    const float* rows = vectors + ((size_t)request * stride + first) * D;
    for (int i = threadIdx.x; i < ROWS * D; i += blockDim.x)
    {
        int row = i / D;
        x[(i % D) * ROWS + row] = first + row < count ? rows[i] : 0.0f;
    }

    __syncthreads();
    for (int unit = threadIdx.x; unit < WIDTH1 / 2; unit += blockDim.x)
    {
        int units[2] = {unit, unit + WIDTH1 / 2};
        float acc[2][ROWS];
#pragma unroll
        for (int i = 0; i < ROWS; i++)
        {
            acc[0][i] = bias[units[0]];
            acc[1][i] = bias[units[1]];
        }

        dense(acc, x, D, weight, WIDTH1, units[0], units[1]);
#pragma unroll
        for (int i = 0; i < ROWS; i++)
        {
            for (int j = 0; j < 2 && first + i < count; j++)
            {
                float age = byAge ? byAge[(size_t)(count - 1 - first - i) * WIDTH1 + units[j]] : 0.0f;
                out[((size_t)request * stride + first + i) * WIDTH1 + units[j]] = acc[j][i] + age;
            }
        }
    }
}

// The activation unit: a(e, v) of every pair, before a softmax. Each warp takes 16 candidates and two behaviours at a time; what it
// computes on the way stays in registers. Blocks stay and take tile after tile, so that the weights are read into shared memory once.
// Block: 32 * WARPS. layer1 is scale, shift and alpha of the first layer, [3, WIDTH1]; layer2 is the bias, scale, shift and alpha of
// the second layer and the weight of the output, [5, WIDTH2]. attention is [R, N, H].
extern "C" __global__ void __launch_bounds__(32 * WARPS, 2) unit(
    const float* __restrict__ behaviours, const float* __restrict__ candidates, const int* __restrict__ histories,
    const int* __restrict__ counts, int requests, int H, int N, const float* __restrict__ behaviourTerms,
    const float* __restrict__ candidateTerms, const Fragment* __restrict__ fragments1, const Fragment* __restrict__ fragments2,
    const float* __restrict__ layer1, const float* __restrict__ layer2, float outputBias, float* __restrict__ attention)
{
    extern __shared__ __align__(16) unsigned char memory[];
    Fragment* w1 = reinterpret_cast<Fragment*>(memory);
    Fragment* w2 = w1 + (PRODUCT ? KSTEPS * TILES1 * 32 : 0);
    float* p1 = reinterpret_cast<float*>(w2 + TILES1 / 2 * TILES2 * 32);
    float* p2 = p1 + 3 * WIDTH1;
    float* terms = p2 + 5 * WIDTH2;

#if PRODUCT
    for (int i = threadIdx.x; i < KSTEPS * TILES1 * 32; i += blockDim.x)
    {
        w1[i] = fragments1[i];
    }
#endif
    for (int i = threadIdx.x; i < TILES1 / 2 * TILES2 * 32; i += blockDim.x)
    {
        w2[i] = fragments2[i];
    }

    for (int i = threadIdx.x; i < 3 * WIDTH1; i += blockDim.x)
    {
        p1[i] = layer1[i];
    }

    for (int i = threadIdx.x; i < 5 * WIDTH2; i += blockDim.x)
    {
        p2[i] = layer2[i];
    }

    int lane = threadIdx.x & 31, warp = threadIdx.x >> 5, group = lane >> 2, two = (lane & 3) * 2;
    int tilesPerRequest = (N + ROWS - 1) / ROWS;
    for (int tile = blockIdx.x; tile < requests * tilesPerRequest; tile += gridDim.x)
    {
        int request = tile / tilesPerRequest, first = tile % tilesPerRequest * ROWS;
        int count = counts[request], history = histories[request];
        if (first >= count || history == 0)
        {
            continue;
        }

        __syncthreads();
        for (int i = threadIdx.x; i < ROWS * WIDTH1; i += blockDim.x)
        {
            int row = i / WIDTH1;
            terms[row * TERM_STRIDE + i % WIDTH1] =
                first + row < count ? candidateTerms[((size_t)request * N + first) * WIDTH1 + i] : 0.0f;
        }

        __syncthreads();
        int upper = min(first + group, count - 1), lower = min(first + group + 8, count - 1);
#if PRODUCT
        const float* upperRow = candidates + ((size_t)request * N + upper) * D;
        const float* lowerRow = candidates + ((size_t)request * N + lower) * D;
        float2 v[KSTEPS][4];
#pragma unroll
        for (int k = 0; k < KSTEPS; k++)
        {
            v[k][0] = pair(upperRow, k * 16 + two);
            v[k][1] = pair(lowerRow, k * 16 + two);
            v[k][2] = pair(upperRow, k * 16 + two + 8);
            v[k][3] = pair(lowerRow, k * 16 + two + 8);
        }
#endif

        for (int h = warp * 2; h < history; h += 2 * WARPS)
        {
            int second = min(h + 1, history - 1);
            size_t behaviour[2] = {(size_t)request * H + h, (size_t)request * H + second};
            float c[2][TILES1][4];
#pragma unroll
            for (int j = 0; j < TILES1; j++)
            {
                float2 high = *reinterpret_cast<const float2*>(terms + group * TERM_STRIDE + j * 8 + two);
                float2 low = *reinterpret_cast<const float2*>(terms + (group + 8) * TERM_STRIDE + j * 8 + two);
#pragma unroll
                for (int b = 0; b < 2; b++)
                {
                    float2 t = *reinterpret_cast<const float2*>(behaviourTerms + behaviour[b] * WIDTH1 + j * 8 + two);
                    c[b][j][0] = t.x + high.x;
                    c[b][j][1] = t.y + high.y;
                    c[b][j][2] = t.x + low.x;
                    c[b][j][3] = t.y + low.y;
                }
            }

#if PRODUCT
#pragma unroll
            for (int k = 0; k < KSTEPS; k++)
            {
                u32 high[2][4], low[2][4];
#pragma unroll
                for (int b = 0; b < 2; b++)
                {
                    const float* row = behaviours + behaviour[b] * D;
                    float2 e[2] = {pair(row, k * 16 + two), pair(row, k * 16 + two + 8)};
#pragma unroll
                    for (int i = 0; i < 4; i++)
                    {
                        float x = e[i >> 1].x * v[k][i].x, y = e[i >> 1].y * v[k][i].y;
                        high[b][i] = pack(x, y);
#if !HALF
                        low[b][i] = rest(high[b][i], x, y);
#endif
                    }
                }

#pragma unroll
                for (int j = 0; j < TILES1; j++)
                {
                    Fragment w = w1[(k * TILES1 + j) * 32 + lane];
                    multiply(c[0][j], high[0], low[0], w);
                    multiply(c[1][j], high[1], low[1], w);
                }
            }
#endif

            float next[2][TILES2][4];
#pragma unroll
            for (int j = 0; j < TILES2; j++)
            {
                float2 bias = *reinterpret_cast<const float2*>(p2 + j * 8 + two);
#pragma unroll
                for (int b = 0; b < 2; b++)
                {
                    next[b][j][0] = next[b][j][2] = bias.x;
                    next[b][j][1] = next[b][j][3] = bias.y;
                }
            }

            // Where the first layer's result stands is where the second's operand belongs: two tiles of 8 units make a k-step of 16.
#pragma unroll
            for (int k = 0; k < TILES1 / 2; k++)
            {
                u32 high[2][4], low[2][4];
#pragma unroll
                for (int half = 0; half < 2; half++)
                {
                    int j = 2 * k + half;
                    float2 scale = *reinterpret_cast<const float2*>(p1 + j * 8 + two);
                    float2 shift = *reinterpret_cast<const float2*>(p1 + WIDTH1 + j * 8 + two);
                    float2 alpha = *reinterpret_cast<const float2*>(p1 + 2 * WIDTH1 + j * 8 + two);
#pragma unroll
                    for (int b = 0; b < 2; b++)
                    {
#pragma unroll
                        for (int i = 0; i < 2; i++)
                        {
                            float x = activate(c[b][j][2 * i], scale.x, shift.x, alpha.x);
                            float y = activate(c[b][j][2 * i + 1], scale.y, shift.y, alpha.y);
                            high[b][half * 2 + i] = pack(x, y);
#if !HALF
                            low[b][half * 2 + i] = rest(high[b][half * 2 + i], x, y);
#endif
                        }
                    }
                }

#pragma unroll
                for (int j = 0; j < TILES2; j++)
                {
                    Fragment w = w2[(k * TILES2 + j) * 32 + lane];
                    multiply(next[0][j], high[0], low[0], w);
                    multiply(next[1][j], high[1], low[1], w);
                }
            }

            float sum[2][2] = {{0.0f, 0.0f}, {0.0f, 0.0f}};
#pragma unroll
            for (int j = 0; j < TILES2; j++)
            {
                const float* p = p2 + j * 8 + two;
                float2 scale = *reinterpret_cast<const float2*>(p + WIDTH2);
                float2 shift = *reinterpret_cast<const float2*>(p + 2 * WIDTH2);
                float2 alpha = *reinterpret_cast<const float2*>(p + 3 * WIDTH2);
                float2 w = *reinterpret_cast<const float2*>(p + 4 * WIDTH2);
#pragma unroll
                for (int b = 0; b < 2; b++)
                {
#pragma unroll
                    for (int i = 0; i < 2; i++)
                    {
                        sum[b][i] = fmaf(activate(next[b][j][2 * i], scale.x, shift.x, alpha.x), w.x, sum[b][i]);
                        sum[b][i] = fmaf(activate(next[b][j][2 * i + 1], scale.y, shift.y, alpha.y), w.y, sum[b][i]);
                    }
                }
            }

#pragma unroll
            for (int b = 0; b < 2; b++)
            {
#pragma unroll
                for (int i = 0; i < 2; i++)
                {
                    sum[b][i] += __shfl_xor_sync(0xffffffffu, sum[b][i], 1);
                    sum[b][i] += __shfl_xor_sync(0xffffffffu, sum[b][i], 2);
                    int row = first + group + 8 * i;
                    if ((lane & 3) == 0 && row < count && h + b < history)
                    {
                        attention[((size_t)request * N + row) * H + h + b] = sum[b][i] + outputBias;
                    }
                }
            }
        }
    }
}

#define MAX_LAYERS 9

// A layer of the top network: where its weight [inputs, units] begins, followed by the bias and, but for the last, scale, shift and
// alpha, each [units].
struct Layer
{
    int weight, inputs, units;
};

struct Top
{
    int layers;
    int profileWidth, profileWeight;
    int contextWidth, contextWeight;
    int widest;
    Layer layer[MAX_LAYERS];
};

// Pools the history of each candidate by its attention, and runs the top network. Grid: (ceil(N / 16), R); block: a multiple of 32.
// scores is [R, N, K]: probabilities.
extern "C" __global__ void top(
    const float* __restrict__ behaviours, const float* __restrict__ candidates, const float* __restrict__ biases,
    const float* __restrict__ profile, const float* __restrict__ context, const int* __restrict__ histories,
    const int* __restrict__ counts, int H, int N, float* __restrict__ attention, const float* __restrict__ parameters, Top net,
    float* __restrict__ scores)
{
    extern __shared__ __align__(16) unsigned char memory[];
    const int CHUNK = 64;
    float* weights = reinterpret_cast<float*>(memory);
    float* x = weights + CHUNK * ROWS;
    float* y = x + ROWS * max(3 * D + INTENSITY, net.widest);
    float* sums = y + ROWS * net.widest;
    int request = blockIdx.y, first = blockIdx.x * ROWS, count = counts[request], history = histories[request];
    if (first >= count)
    {
        return;
    }

    int rows = min(ROWS, count - first), lane = threadIdx.x & 31, warp = threadIdx.x >> 5, warps = blockDim.x >> 5;
    float* mine = attention + ((size_t)request * N + first) * H;
    for (int n = warp; n < ROWS; n += warps)
    {
        float* row = mine + (size_t)n * H;
        float sum = 0.0f;
#if SOFTMAX
        float largest = -3.4e38f;
        for (int h = lane; n < rows && h < history; h += 32)
        {
            largest = fmaxf(largest, row[h]);
        }

        for (int i = 16; i > 0; i /= 2)
        {
            largest = fmaxf(largest, __shfl_xor_sync(0xffffffffu, largest, i));
        }

        for (int h = lane; n < rows && h < history; h += 32)
        {
            row[h] = exp2f((row[h] - largest) * 1.442695041f);
            sum += row[h];
        }

        for (int i = 16; i > 0; i /= 2)
        {
            sum += __shfl_xor_sync(0xffffffffu, sum, i);
        }

        float inverse = 1.0f / sum;
        for (int h = lane; n < rows && h < history; h += 32)
        {
            row[h] *= inverse;
        }
#elif INTENSITY
        for (int h = lane; n < rows && h < history; h += 32)
        {
            sum += row[h];
        }

        for (int i = 16; i > 0; i /= 2)
        {
            sum += __shfl_xor_sync(0xffffffffu, sum, i);
        }
#endif
        if (lane == 0)
        {
            sums[n] = sum;
        }
    }

    for (int i = threadIdx.x; i < D * ROWS; i += blockDim.x)
    {
        x[i] = 0.0f;
    }

    for (int start = 0; start < history; start += CHUNK)
    {
        int length = min(CHUNK, history - start);
        __syncthreads();
        for (int i = threadIdx.x; i < length * ROWS; i += blockDim.x)
        {
            int n = i / length;
            weights[i % length * ROWS + n] = n < rows ? mine[(size_t)n * H + start + i % length] : 0.0f;
        }

        __syncthreads();
        for (int i = threadIdx.x; i < D * 2; i += blockDim.x)
        {
            int k = i % D, part = i / D * (ROWS / 2);
            const float* column = behaviours + ((size_t)request * H + start) * D + k;
            float acc[ROWS / 2];
#pragma unroll
            for (int n = 0; n < ROWS / 2; n++)
            {
                acc[n] = x[k * ROWS + part + n];
            }

#pragma unroll 8
            for (int h = 0; h < length; h++)
            {
                float e = column[(size_t)h * D];
#pragma unroll
                for (int n = 0; n < ROWS / 2; n++)
                {
                    acc[n] = fmaf(weights[h * ROWS + part + n], e, acc[n]);
                }
            }

#pragma unroll
            for (int n = 0; n < ROWS / 2; n++)
            {
                x[k * ROWS + part + n] = acc[n];
            }
        }
    }

    __syncthreads();
    for (int i = threadIdx.x; i < D * ROWS; i += blockDim.x)
    {
        int n = i / D, k = i % D;
        float v = n < rows ? candidates[((size_t)request * N + first + n) * D + k] : 0.0f;
        x[(D + k) * ROWS + n] = v;
        x[(2 * D + k) * ROWS + n] = v * x[k * ROWS + n];
    }

#if INTENSITY
    for (int n = threadIdx.x; n < ROWS; n += blockDim.x)
    {
        x[3 * D * ROWS + n] = n < rows ? sums[n] : 0.0f;
    }
#endif

    for (int l = 0; l < net.layers - 1; l++)
    {
        Layer layer = net.layer[l];
        const float* weight = parameters + layer.weight;
        const float* bias = weight + (size_t)layer.inputs * layer.units;
        __syncthreads();
        int half = (layer.units + 1) / 2;
        for (int unit = threadIdx.x; unit < half; unit += blockDim.x)
        {
            // With an odd number of units, the last thread computes its one unit twice.
            int units[2] = {unit, min(unit + half, layer.units - 1)};
            float acc[2][ROWS];
#pragma unroll
            for (int j = 0; j < 2; j++)
            {
                float shared = bias[units[j]];
                for (int i = 0; l == 0 && i < net.profileWidth; i++)
                {
                    shared = fmaf(profile[request * net.profileWidth + i], parameters[net.profileWeight + i * layer.units + units[j]], shared);
                }

                for (int i = 0; l == 0 && i < net.contextWidth; i++)
                {
                    shared = fmaf(context[request * net.contextWidth + i], parameters[net.contextWeight + i * layer.units + units[j]], shared);
                }

#pragma unroll
                for (int n = 0; n < ROWS; n++)
                {
                    acc[j][n] = shared;
                }
            }

            dense(acc, x, layer.inputs, weight, layer.units, units[0], units[1]);
#pragma unroll
            for (int j = 0; j < 2; j++)
            {
                const float* own = bias + units[j];
                float scale = own[layer.units], shift = own[2 * layer.units], alpha = own[3 * layer.units];
#pragma unroll
                for (int n = 0; n < ROWS; n++)
                {
                    y[units[j] * ROWS + n] = activate(acc[j][n], scale, shift, alpha);
                }
            }
        }

        // The next layer reads what this one wrote. Both buffers hold the widest layer.
        float* written = y;
        y = x;
        x = written;
    }

    __syncthreads();
    Layer last = net.layer[net.layers - 1];
    const float* weight = parameters + last.weight;
    for (int i = threadIdx.x; i < ROWS * last.units; i += blockDim.x)
    {
        int n = i / last.units, task = i % last.units;
        if (n < rows)
        {
            float logit = weight[last.inputs * last.units + task] + biases[(size_t)request * N + first + n];
#pragma unroll 8
            for (int k = 0; k < last.inputs; k++)
            {
                logit = fmaf(x[k * ROWS + n], weight[k * last.units + task], logit);
            }

            scores[((size_t)request * N + first + n) * last.units + task] = sigmoid(logit);
        }
    }
}
