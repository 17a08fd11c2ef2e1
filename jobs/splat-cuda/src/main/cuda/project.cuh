// Every Gaussian to the image plane, and which tiles it touches.
#pragma once

#include "geometry.cuh"

namespace fovea {

/// Boxes of more tiles than this are taken whole: looking at each tile would keep one thread long.
constexpr int kLookedAt = 64;

/// Whether alpha reaches 1/255 on some pixel of a tile: sigma is convex, so that its least value
/// over the tile's rectangle lies at the centre or on a side that faces it.
__device__ __forceinline__ bool touches(
    float x, float y, float a, float b, float c, float cutoff, int tile_x, int tile_y) {
  const float left = tile_x * kTile + 0.5f - x;
  const float right = left + kTile - 1;
  const float top = tile_y * kTile + 0.5f - y;
  const float bottom = top + kTile - 1;
  const float near_x = clamped(0, left, right);
  const float near_y = clamped(0, top, bottom);
  if (near_x == 0 && near_y == 0) {
    return true;
  }
  float least = 1e30f;
  if (near_x != 0) {
    const float dy = clamped(-b * near_x / c, top, bottom);
    least = 0.5f * (a * near_x * near_x + c * dy * dy) + b * near_x * dy;
  }
  if (near_y != 0) {
    const float dx = clamped(-b * near_y / a, left, right);
    least = fminf(least, 0.5f * (a * dx * dx + c * near_y * near_y) + b * dx * near_y);
  }
  // A little more than the cutoff, for the pixels decide with other roundings.
  return least <= cutoff * 1.0001f + 1e-3f;
}

template <class Visit>
__device__ __forceinline__ void each_tile(
    const Box& box, float4 first, float4 second, int across, Visit visit) {
  const bool all = area(box) > kLookedAt;
  for (int y = box.z; y < box.w; y++) {
    for (int x = box.x; x < box.y; x++) {
      if (all || touches(first.x, first.y, first.z, first.w, second.x, second.z, x, y)) {
        visit(y * across + x);
      }
    }
  }
}

__device__ __forceinline__ unsigned short tile_at(float pixels, int most) {
  return static_cast<unsigned short>(clamped(floorf(pixels / kTile), 0, most));
}

/// Hidden Gaussians get the last depth and no tile.
template <int D>
__global__ void __launch_bounds__(256) project(
    Camera camera,
    const float4* __restrict__ splats,
    int stride,
    int count,
    float4* __restrict__ packed,
    Box* __restrict__ boxes,
    int* __restrict__ touched,
    uint32_t* __restrict__ depths,
    uint32_t* __restrict__ order) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count) {
    return;
  }
  order[i] = i;
  depths[i] = 0xffffffffu;
  touched[i] = 0;
  boxes[i] = make_ushort4(0, 0, 0, 0);
  const float4 mean = splats[kMean * stride + i];
  Projection p;
  const float opacity = sigmoid(mean.w);
  const float cutoff = logf(opacity / kLeastAlpha);
  if (!p.to_camera(camera, mean) || !(cutoff > 0)) {
    return;
  }
  p.shape(camera, splats[kRotation * stride + i], splats[kScale * stride + i]);
  const float* u = p.footprint;
  const float xx = u[0] * u[0] + u[1] * u[1] + u[2] * u[2] + kBlur;
  const float xy = u[0] * u[3] + u[1] * u[4] + u[2] * u[5];
  const float yy = u[3] * u[3] + u[4] * u[4] + u[5] * u[5] + kBlur;
  const float determinant = xx * yy - xy * xy;
  const float x = camera.fx * p.tx / p.tz + camera.cx;
  const float y = camera.fy * p.ty / p.tz + camera.cy;
  const float half_width = sqrtf(2 * cutoff * xx);
  const float half_height = sqrtf(2 * cutoff * yy);
  if (!(determinant > 0) || !isfinite(x + y + half_width + half_height)) {
    return;
  }
  const int across = camera.across();
  const int down = camera.down();
  const Box box = make_ushort4(
      tile_at(x - half_width, across),
      tile_at(x + half_width + kTile, across),
      tile_at(y - half_height, down),
      tile_at(y + half_height + kTile, down));
  if (empty(box)) {
    return;
  }
  const float4 first = make_float4(x, y, yy / determinant, -xy / determinant);
  const float4 second = make_float4(xx / determinant, opacity, cutoff, p.tz);
  int tiles = 0;
  each_tile(box, first, second, across, [&](int) { tiles++; });
  if (tiles == 0) {
    return;
  }
  float d[3];
  direction(camera, mean, d);
  float b[16];
  basis<D>(d[0], d[1], d[2], b);
  float colour[3] = {0.5f, 0.5f, 0.5f};
#pragma unroll
  for (int j = 0; j < harmonic_planes(D); j++) {
    const float4 h = splats[(kHarmonics + j) * stride + i];
    const float values[4] = {h.x, h.y, h.z, h.w};
#pragma unroll
    for (int e = 0; e < 4; e++) {
      if ((4 * j + e) / 3 < functions(D)) {
        colour[(4 * j + e) % 3] += b[(4 * j + e) / 3] * values[e];
      }
    }
  }
  packed[i] = first;
  packed[stride + i] = second;
  packed[2 * stride + i] =
      make_float4(fmaxf(0, colour[0]), fmaxf(0, colour[1]), fmaxf(0, colour[2]), 0);
  boxes[i] = box;
  touched[i] = tiles;
  depths[i] = __float_as_uint(p.tz);  // positive, so its bits sort as it does
}

}  // namespace fovea
