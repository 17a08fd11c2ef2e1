// What the kernels stand on: a CUDA device, or a host that plays one (emulated.h).
#pragma once

#include <cstddef>
#include <cstdint>

#ifdef __CUDACC__
#include <cuda_runtime.h>

// Two words for one launch: only the emulation needs to know which kernels wait for each other.
#define FOVEA_LAUNCH(kernel, blocks, threads, stream, ...) \
  kernel<<<(blocks), (threads), 0, (stream)>>>(__VA_ARGS__)
#define FOVEA_LAUNCH_TEAM FOVEA_LAUNCH
#else
#include "emulated.h"
#endif

namespace fovea {

constexpr int kTile = 16;
constexpr int kPixels = kTile * kTile;
constexpr int kWarp = 32;
constexpr unsigned kAllLanes = 0xffffffffu;

/// The neighbour's value from `by` lanes below; one exchange however large T is.
template <class T>
__device__ __forceinline__ T shifted_up(T value, int by) {
#ifdef __CUDACC__
  static_assert(sizeof(T) % 4 == 0, "whole words");
  T out;
  const auto* from = reinterpret_cast<const unsigned*>(&value);
  auto* to = reinterpret_cast<unsigned*>(&out);
#pragma unroll
  for (int k = 0; k < static_cast<int>(sizeof(T) / 4); k++) {
    to[k] = __shfl_up_sync(kAllLanes, from[k], by);
  }
  return out;
#else
  return emulated::exchange(value, emulated::lane() < by ? emulated::lane() : emulated::lane() - by);
#endif
}

/// The value of lane `lane ^ mask`.
template <class T>
__device__ __forceinline__ T swapped(T value, int mask) {
#ifdef __CUDACC__
  static_assert(sizeof(T) % 4 == 0, "whole words");
  T out;
  const auto* from = reinterpret_cast<const unsigned*>(&value);
  auto* to = reinterpret_cast<unsigned*>(&out);
#pragma unroll
  for (int k = 0; k < static_cast<int>(sizeof(T) / 4); k++) {
    to[k] = __shfl_xor_sync(kAllLanes, from[k], mask);
  }
  return out;
#else
  return emulated::exchange(value, emulated::lane() ^ mask);
#endif
}

__host__ __device__ inline int ceil_div(int a, int b) { return (a + b - 1) / b; }

}  // namespace fovea
