// 0.8 L1 + 0.2 (1 - SSIM) with its gradient: the formulas of fovea.splat.train.ImageLoss. SSIM
// after Wang et al. 2004, window 11, sigma 1.5, zeros beyond the edges.
#pragma once

#include "update.cuh"

namespace fovea {

constexpr int kRadius = 5;
constexpr int kHalo = kTile + 2 * kRadius;
constexpr float kDissimilarity = 0.2f;

/// Sums over all pixels and colours: |difference|, SSIM, difference squared.
struct Sums {
  double absolute, similar, square;
};

/// Half of the window, the middle first.
struct Window {
  float w[kRadius + 1];
};

/// Gain and offset of each colour of one photograph: what is drawn to what the photograph shows.
/// Zeros change nothing.
struct Exposure {
  const float* __restrict__ values;  // log gain r g b, offset r g b

  __device__ __forceinline__ float gain(int colour) const {
    return expf(values[colour]);
  }
  __device__ __forceinline__ float offset(int colour) const {
    return values[3 + colour];
  }
};

constexpr int kExposure = 6;

/// dLoss/d(gain, offset) of one colour, or a share of it.
struct ExposurePull {
  double product, sum;
};

/// Adds up over the block; the result is thread 0's.
__device__ __forceinline__ Sums block_sum(Sums own, Sums* shared) {
  const int p = threadIdx.x;
  shared[p] = own;
  __syncthreads();
  for (int half = kPixels / 2; half > 0; half /= 2) {
    if (p < half) {
      shared[p].absolute += shared[p + half].absolute;
      shared[p].similar += shared[p + half].similar;
      shared[p].square += shared[p + half].square;
    }
    __syncthreads();
  }
  return shared[0];
}

/// Filters a field of kHalo x kHalo along rows into kHalo x kTile.
template <class Value>
__device__ __forceinline__ void along_rows(const Window& window, float* out, Value value) {
  for (int k = threadIdx.x; k < kHalo * kTile; k += kPixels) {
    const int y = k / kTile;
    const int x = k % kTile;
    float sum = window.w[0] * value(y, x + kRadius);
#pragma unroll
    for (int d = 1; d <= kRadius; d++) {
      sum += window.w[d] * (value(y, x + kRadius - d) + value(y, x + kRadius + d));
    }
    out[k] = sum;
  }
}

__device__ __forceinline__ float down_column(const Window& window, const float* rows) {
  const int x = threadIdx.x % kTile;
  const int y = threadIdx.x / kTile + kRadius;
  float sum = window.w[0] * rows[y * kTile + x];
#pragma unroll
  for (int d = 1; d <= kRadius; d++) {
    sum += window.w[d] * (rows[(y - d) * kTile + x] + rows[(y + d) * kTile + x]);
  }
  return sum;
}

/// One block has one tile of one colour.
/// @param partials dSSIM/d(mean x, mean xx, mean xy), each three planes
/// @param sums of each block
__global__ void __launch_bounds__(kPixels) compare(
    int width,
    int height,
    Window window,
    Exposure exposure,
    const float* __restrict__ image,
    const uint8_t* __restrict__ photo,
    float* __restrict__ partials,
    Sums* __restrict__ sums) {
  __shared__ float xs[kHalo * kHalo];
  __shared__ float ys[kHalo * kHalo];
  __shared__ float rows[5][kHalo * kTile];
  __shared__ Sums shared[kPixels];
  const int across = ceil_div(width, kTile);
  const int tiles = across * ceil_div(height, kTile);
  const int colour = blockIdx.x / tiles;
  const int tile = blockIdx.x % tiles;
  const int left = tile % across * kTile - kRadius;
  const int top = tile / across * kTile - kRadius;
  const size_t plane = static_cast<size_t>(width) * height;
  const float gain = exposure.gain(colour);
  const float offset = exposure.offset(colour);
  for (int k = threadIdx.x; k < kHalo * kHalo; k += kPixels) {
    const int x = left + k % kHalo;
    const int y = top + k / kHalo;
    const bool inside = x >= 0 && y >= 0 && x < width && y < height;
    const size_t at = colour * plane + static_cast<size_t>(inside ? y : 0) * width + (inside ? x : 0);
    xs[k] = inside ? gain * image[at] + offset : 0;
    ys[k] = inside ? photo[at] * (1 / 255.f) : 0;
  }
  __syncthreads();
  along_rows(window, rows[0], [&](int y, int x) { return xs[y * kHalo + x]; });
  along_rows(window, rows[1], [&](int y, int x) { return ys[y * kHalo + x]; });
  along_rows(window, rows[2], [&](int y, int x) { return xs[y * kHalo + x] * xs[y * kHalo + x]; });
  along_rows(window, rows[3], [&](int y, int x) { return ys[y * kHalo + x] * ys[y * kHalo + x]; });
  along_rows(window, rows[4], [&](int y, int x) { return xs[y * kHalo + x] * ys[y * kHalo + x]; });
  __syncthreads();
  const float mx = down_column(window, rows[0]);
  const float my = down_column(window, rows[1]);
  const float xx = down_column(window, rows[2]);
  const float yy = down_column(window, rows[3]);
  const float xy = down_column(window, rows[4]);
  const int x = left + kRadius + threadIdx.x % kTile;
  const int y = top + kRadius + threadIdx.x / kTile;
  Sums own = {0, 0, 0};
  if (x < width && y < height) {
    constexpr float c1 = 0.01f * 0.01f;
    constexpr float c2 = 0.03f * 0.03f;
    const float a1 = 2 * mx * my + c1;
    const float a2 = 2 * (xy - mx * my) + c2;
    const float b1 = mx * mx + my * my + c1;
    const float b2 = (xx - mx * mx) + (yy - my * my) + c2;
    const float inverse = 1 / (b1 * b2);
    const float ssim = a1 * a2 * inverse;
    const float by_xy = 2 * a1 * inverse;
    const float by_xx = -ssim / b2;
    const size_t at = colour * plane + static_cast<size_t>(y) * width + x;
    partials[at] = 2 * my * a2 * inverse - 2 * mx * ssim / b1 - 2 * mx * by_xx - my * by_xy;
    partials[3 * plane + at] = by_xx;
    partials[6 * plane + at] = by_xy;
    const int centre = (threadIdx.x / kTile + kRadius) * kHalo + threadIdx.x % kTile + kRadius;
    const float difference = xs[centre] - ys[centre];
    own = {fabsf(difference), ssim, difference * difference};
  }
  own = block_sum(own, shared);
  if (threadIdx.x == 0) {
    sums[blockIdx.x] = own;
  }
}

/// dLoss/dImage, as the rasteriser wants it: one float4 a pixel, tile by tile.
/// @param pulls of the exposure, three a tile; null: not wanted
__global__ void __launch_bounds__(kPixels) wish(
    int width,
    int height,
    Window window,
    Exposure exposure,
    const float* __restrict__ image,
    const uint8_t* __restrict__ photo,
    const float* __restrict__ partials,
    float4* __restrict__ wishes,
    ExposurePull* __restrict__ pulls) {
  __shared__ Sums shared[kPixels];
  __shared__ float field[kHalo * kHalo];
  __shared__ float rows[3][kHalo * kTile];
  const int across = ceil_div(width, kTile);
  const int tile = blockIdx.x;
  const int left = tile % across * kTile - kRadius;
  const int top = tile / across * kTile - kRadius;
  const int x = left + kRadius + threadIdx.x % kTile;
  const int y = top + kRadius + threadIdx.x / kTile;
  const bool real = x < width && y < height;
  const size_t plane = static_cast<size_t>(width) * height;
  const float per_pixel = 1.f / (3 * plane);
  float out[3] = {0, 0, 0};
  float whole = 0;
#pragma unroll
  for (int colour = 0; colour < 3; colour++) {
    for (int f = 0; f < 3; f++) {
      __syncthreads();
      for (int k = threadIdx.x; k < kHalo * kHalo; k += kPixels) {
        const int hx = left + k % kHalo;
        const int hy = top + k / kHalo;
        const bool inside = hx >= 0 && hy >= 0 && hx < width && hy < height;
        field[k] = inside ? partials[(3 * f + colour) * plane + static_cast<size_t>(hy) * width + hx]
                          : 0;
      }
      __syncthreads();
      along_rows(window, rows[f], [&](int fy, int fx) { return field[fy * kHalo + fx]; });
    }
    __syncthreads();
    const float mean = down_column(window, rows[0]);
    const float square = down_column(window, rows[1]);
    const float product = down_column(window, rows[2]);
    Sums own = {0, 0, 0};
    if (real) {
      const size_t at = colour * plane + static_cast<size_t>(y) * width + x;
      const float drawn = image[at];
      const float gain = exposure.gain(colour);
      const float value = gain * drawn + exposure.offset(colour);
      const float target = photo[at] * (1 / 255.f);
      const float difference = value - target;
      const float sign = (difference > 0) - (difference < 0);
      const float by_value =
          (1 - kDissimilarity) * per_pixel * sign -
          kDissimilarity * per_pixel * (mean + 2 * value * square + target * product);
      own.absolute = by_value * drawn;
      own.similar = by_value;
      out[colour] = gain * by_value;
      whole += out[colour] * drawn;
    }
    if (pulls != nullptr) {
      own = block_sum(own, shared);
      if (threadIdx.x == 0) {
        pulls[3 * tile + colour] = {own.absolute, own.similar};
      }
    }
  }
  wishes[static_cast<size_t>(tile) * kPixels + threadIdx.x] =
      make_float4(out[0], out[1], out[2], whole);
}

/// One block moves one photograph's exposure and holds the means of all at zero:
/// fovea.splat.train.Exposures.
/// @param values of all photographs, kExposure each; moments likewise
__global__ void __launch_bounds__(kPixels) expose(
    const ExposurePull* __restrict__ pulls,
    int tiles,
    int photo,
    int photos,
    float rate,
    float square_scale,
    const Status* status,
    float* values,
    float* firsts,
    float* seconds) {
  __shared__ Sums shared[kPixels];
  if (status->over) {
    return;
  }
  for (int colour = 0; colour < 3; colour++) {
    Sums own = {0, 0, 0};
    for (int k = threadIdx.x; k < tiles; k += kPixels) {
      own.absolute += pulls[3 * k + colour].product;
      own.similar += pulls[3 * k + colour].sum;
    }
    __syncthreads();
    own = block_sum(own, shared);
    if (threadIdx.x == 0) {
      const int at = kExposure * photo + colour;
      const float gradients[2] = {
          expf(values[at]) * static_cast<float>(own.absolute), static_cast<float>(own.similar)};
      for (int k = 0; k < 2; k++) {
        const int each = at + 3 * k;
        firsts[each] = kBeta1 * firsts[each] + (1 - kBeta1) * gradients[k];
        seconds[each] = kBeta2 * seconds[each] + (1 - kBeta2) * gradients[k] * gradients[k];
        values[each] -= rate * firsts[each] / (sqrtf(seconds[each] * square_scale) + kEpsilon);
      }
    }
  }
  __syncthreads();
  if (threadIdx.x < kExposure) {
    double sum = 0;
    for (int k = 0; k < photos; k++) {
      sum += values[kExposure * k + threadIdx.x];
    }
    for (int k = 0; k < photos; k++) {
      values[kExposure * k + threadIdx.x] -= static_cast<float>(sum / photos);
    }
  }
}

/// One block adds the blocks' sums in a fixed order and takes `share` of them.
__global__ void __launch_bounds__(kPixels) total(
    const Sums* __restrict__ sums, int count, double share, Sums* out) {
  __shared__ Sums shared[kPixels];
  Sums own = {0, 0, 0};
  for (int k = threadIdx.x; k < count; k += kPixels) {
    own.absolute += sums[k].absolute;
    own.similar += sums[k].similar;
    own.square += sums[k].square;
  }
  own = block_sum(own, shared);
  if (threadIdx.x == 0) {
    *out = {own.absolute * share, own.similar * share, own.square * share};
  }
}

}  // namespace fovea
