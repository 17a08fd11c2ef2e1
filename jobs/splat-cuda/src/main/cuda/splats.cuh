// How Gaussians lie in memory, and what a camera is.
#pragma once

#include "platform.cuh"

namespace fovea {

/// Planes of float4, each `stride` long, so that neighbouring threads read neighbouring 16 bytes:
/// mean x y z and logit opacity; rotation w x y z; log scales x y z and nothing; then the spherical
/// harmonics, coefficient by coefficient, r g b each. Gradients and moments lie likewise.
constexpr int kMean = 0;
constexpr int kRotation = 1;
constexpr int kScale = 2;
constexpr int kHarmonics = 3;

__host__ __device__ constexpr int functions(int degree) { return (degree + 1) * (degree + 1); }

__host__ __device__ constexpr int harmonic_planes(int degree) {
  return (3 * functions(degree) + 3) / 4;
}

__host__ __device__ constexpr int planes(int degree) { return kHarmonics + harmonic_planes(degree); }

struct Camera {
  float w[9];  // world to camera, row-major
  float t[3];
  float centre[3];
  float fx, fy, cx, cy, near_plane;
  int width, height;

  __host__ __device__ int across() const { return ceil_div(width, kTile); }
  __host__ __device__ int down() const { return ceil_div(height, kTile); }
  __host__ __device__ int tiles() const { return across() * down(); }
};

/// A Gaussian on the image plane, three planes of float4: centre x y and inverse covariance a b;
/// its c, opacity, the sigma beyond which alpha is below 1/255, depth; colour r g b and nothing.
constexpr int kPacked = 3;

/// Tiles a Gaussian may touch: left, right (excluded), top, bottom (excluded).
using Box = ushort4;

__device__ __forceinline__ bool empty(const Box& box) { return box.x >= box.y || box.z >= box.w; }

__device__ __forceinline__ int area(const Box& box) {
  return (box.y - box.x) * (box.w - box.z);
}

/// What each slot, a (Gaussian, tile) pair, contributes: moments of dLoss/dsigma about the centre
/// (1, x, y, xx, xy, yy), then dLoss/dcolour r g b.
struct alignas(16) Pull {
  float4 moments;  // 1 x y xx
  float4 rest;     // xy yy red green
  float4 last;     // blue

  __device__ static Pull none() {
    const float4 zero = make_float4(0, 0, 0, 0);
    return Pull{zero, zero, zero};
  }
  __device__ __forceinline__ void add(const Pull& o) {
    moments.x += o.moments.x;
    moments.y += o.moments.y;
    moments.z += o.moments.z;
    moments.w += o.moments.w;
    rest.x += o.rest.x;
    rest.y += o.rest.y;
    rest.z += o.rest.z;
    rest.w += o.rest.w;
    last.x += o.last.x;
  }
};

}  // namespace fovea
