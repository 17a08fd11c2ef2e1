// Blends the Gaussians of each tile, front to back, and differentiates that: the formulas of
// fovea.splat.render.cpu.TileKernel.
//
// Forwards a thread has a pixel. Backwards a lane has a Gaussian and the pixels of the tile pass
// through the warp from lane to lane (Mallick et al. 2024, "Taming 3DGS"): a Gaussian's sums stay
// in registers and nothing is added atomically, so that the same input gives the same bits. What
// each pixel had seen before a bucket of 32 Gaussians is kept on the way forwards.
#pragma once

#include "tiles.cuh"

namespace fovea {

constexpr float kMostAlpha = 0.99f;
constexpr float kLeastTransmittance = 1e-4f;

struct Background {
  float r, g, b;
};

__device__ __forceinline__ float power(float a, float b, float c, float dx, float dy) {
  return 0.5f * (a * dx * dx + c * dy * dy) + b * dx * dy;
}

/// @param states transmittance and colour of each pixel before each bucket; null: not kept
/// @param lasts of each pixel, tile by tile: the slot in its tile after the last one that it saw
/// @param reach of each tile: the greatest of its `lasts`
__global__ void __launch_bounds__(kPixels) blend(
    Camera camera,
    Background background,
    const float4* __restrict__ packed,
    int stride,
    const uint2* __restrict__ ranges,
    const uint32_t* __restrict__ gaussians,
    const int* __restrict__ first_buckets,
    float* __restrict__ image,
    float4* __restrict__ states,
    int* __restrict__ bucket_tiles,
    int* __restrict__ lasts,
    int* __restrict__ reach) {
  __shared__ float4 first[kPixels];
  __shared__ float4 second[kPixels];
  __shared__ float4 colours[kPixels];
  __shared__ int farthest;
  const int tile = blockIdx.x;
  const int across = camera.across();
  const int p = threadIdx.x;
  const int x = tile % across * kTile + p % kTile;
  const int y = tile / across * kTile + p / kTile;
  const bool inside = x < camera.width && y < camera.height;
  const int start = ranges[tile].x;
  const int slots = ranges[tile].y - ranges[tile].x;
  const int bucket = states == nullptr ? 0 : first_buckets[tile];
  if (p == 0) {
    farthest = 0;
  }
  if (states != nullptr) {
    for (int k = p; k < (slots + kWarp - 1) / kWarp; k += kPixels) {
      bucket_tiles[bucket + k] = tile;
    }
  }
  float t = 1;
  float r = 0, g = 0, b = 0;
  int last = 0;
  bool done = !inside;
  for (int base = 0; base < slots; base += kPixels) {
    if (__syncthreads_count(done) == kPixels) {
      break;
    }
    const int here = min(kPixels, slots - base);
    if (p < here) {
      const uint32_t i = gaussians[start + base + p];
      first[p] = packed[i];
      second[p] = packed[stride + i];
      colours[p] = packed[2 * stride + i];
    }
    __syncthreads();
    for (int k = 0; k < here && !done; k++) {
      if (states != nullptr && k % kWarp == 0) {
        states[static_cast<size_t>(bucket + (base + k) / kWarp) * kPixels + p] =
            make_float4(t, r, g, b);
      }
      const float4 one = first[k];
      const float4 two = second[k];
      const float sigma = power(one.z, one.w, two.x, x + 0.5f - one.x, y + 0.5f - one.y);
      if (!(sigma <= two.z)) {
        continue;
      }
      const float alpha = fminf(kMostAlpha, two.y * __expf(-sigma));
      const float next = t * (1 - alpha);
      if (next < kLeastTransmittance) {
        done = true;
        break;
      }
      const float weight = alpha * t;
      const float4 colour = colours[k];
      r += weight * colour.x;
      g += weight * colour.y;
      b += weight * colour.z;
      t = next;
      last = base + k + 1;
    }
  }
  if (inside) {
    const int plane = camera.width * camera.height;
    const int at = y * camera.width + x;
    image[at] = r + t * background.r;
    image[plane + at] = g + t * background.g;
    image[2 * plane + at] = b + t * background.b;
  }
  if (states != nullptr) {
    lasts[tile * kPixels + p] = last;
    __syncthreads();
    atomicMax(&farthest, last);
    __syncthreads();
    if (p == 0) {
      reach[tile] = farthest;
    }
  }
}

/// A pixel on its way through the warp: what is left of the light, and dLoss/dPixel times the
/// colour in front.
struct Passing {
  float t;
  float front;
};

/// @param wishes of each pixel, tile by tile: dLoss/dPixel r g b, and its product with the colour
/// @param pulls of each entry out
__global__ void __launch_bounds__(128) pull_back(
    Camera camera,
    const float4* __restrict__ packed,
    int stride,
    const uint2* __restrict__ ranges,
    const uint32_t* __restrict__ gaussians,
    const uint32_t* __restrict__ numbers,
    const int* __restrict__ first_buckets,
    const int* __restrict__ bucket_tiles,
    const float4* __restrict__ states,
    const int* __restrict__ lasts,
    const int* __restrict__ reach,
    const float4* __restrict__ wishes,
    Pull* __restrict__ pulls) {
  constexpr int kRing = 2 * kWarp;
  __shared__ float4 ring_wish[4][kRing];
  __shared__ float2 ring_start[4][kRing];
  __shared__ int ring_last[4][kRing];
  const int lane = threadIdx.x % kWarp;
  const int warp = threadIdx.x / kWarp;
  const int bucket = blockIdx.x * 4 + warp;
  if (bucket >= first_buckets[camera.tiles()]) {
    return;
  }
  const int tile = bucket_tiles[bucket];
  const uint2 range = ranges[tile];
  const int before = (bucket - first_buckets[tile]) * kWarp;
  const int own = before + lane;
  const bool real = range.x + own < range.y;
  const int slot = real ? range.x + own : range.x;
  const uint32_t entry = numbers[slot];
  Pull sum = Pull::none();
  if (before < reach[tile]) {
    const uint32_t i = gaussians[slot];
    const float4 one = packed[i];
    const float4 two = packed[stride + i];
    const float4 colour = packed[2 * stride + i];
    const float left = tile % camera.across() * kTile + 0.5f - one.x;
    const float top = tile / camera.across() * kTile + 0.5f - one.y;
    Passing passing = {1, 0};
    for (int step = 0; step < kPixels + kWarp - 1; step++) {
      if (step % kWarp == 0) {
        __syncwarp();
        const int p = step + lane;
        if (p < kPixels) {
          const float4 wish = wishes[tile * kPixels + p];
          const float4 state = states[static_cast<size_t>(bucket) * kPixels + p];
          ring_wish[warp][p % kRing] = wish;
          ring_start[warp][p % kRing] =
              make_float2(state.x, wish.x * state.y + wish.y * state.z + wish.z * state.w);
          ring_last[warp][p % kRing] = lasts[tile * kPixels + p];
        }
        __syncwarp();
      }
      passing = shifted_up(passing, 1);
      const int p = step - lane;
      if (lane == 0 && p < kPixels) {
        const float2 start = ring_start[warp][p % kRing];
        passing = {start.x, start.y};
      }
      if (!real || p < 0 || p >= kPixels || own >= ring_last[warp][p % kRing]) {
        continue;
      }
      const float dx = left + p % kTile;
      const float dy = top + p / kTile;
      const float sigma = power(one.z, one.w, two.x, dx, dy);
      if (!(sigma <= two.z)) {
        continue;
      }
      const float4 wish = ring_wish[warp][p % kRing];
      const float raw = two.y * __expf(-sigma);
      const float alpha = fminf(kMostAlpha, raw);
      const float through = 1 - alpha;
      const float weight = alpha * passing.t;
      const float shade = wish.x * colour.x + wish.y * colour.y + wish.z * colour.z;
      passing.front += weight * shade;
      sum.rest.z += weight * wish.x;
      sum.rest.w += weight * wish.y;
      sum.last.x += weight * wish.z;
      // A clamped alpha does not move with sigma.
      const float d_sigma =
          raw > kMostAlpha
              ? 0
              : alpha * (__fdividef(wish.w - passing.front, through) - passing.t * shade);
      passing.t *= through;
      sum.moments.x += d_sigma;
      sum.moments.y += d_sigma * dx;
      sum.moments.z += d_sigma * dy;
      sum.moments.w += d_sigma * dx * dx;
      sum.rest.x += d_sigma * dx * dy;
      sum.rest.y += d_sigma * dy * dy;
    }
  }
  if (real) {
    pulls[entry] = sum;
  }
}

/// Adds up each Gaussian's entries, in their order; eight lanes have one Gaussian.
__global__ void __launch_bounds__(256) collect(
    const int* __restrict__ entries,
    const int* __restrict__ touched,
    const Pull* __restrict__ pulls,
    const Status* status,
    int count,
    int stride,
    float4* __restrict__ sums) {
  constexpr int kShare = 8;
  const int thread = blockIdx.x * blockDim.x + threadIdx.x;
  const int i = thread / kShare;
  const int lane = thread % kShare;
  Pull sum = Pull::none();
  if (i < count && !status->over) {
    const int end = touched[i];
    const Pull* own = pulls + (end > 0 ? entries[i] : 0);
    for (int k = lane; k < end; k += kShare) {
      sum.add(own[k]);
    }
  }
  for (int mask = kShare / 2; mask > 0; mask /= 2) {
    sum.add(swapped(sum, mask));
  }
  if (i < count && lane == 0) {
    sums[i] = sum.moments;
    sums[stride + i] = sum.rest;
    sums[2 * stride + i] = sum.last;
  }
}

}  // namespace fovea
