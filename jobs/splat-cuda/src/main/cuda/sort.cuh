// Sorting and sums: CUB on a device, the standard library in the emulation. Every function only
// queues work on the stream.
#pragma once

#include "platform.cuh"

#ifdef __CUDACC__
#include <cub/device/device_radix_sort.cuh>
#include <cub/device/device_scan.cuh>
#else
#include <algorithm>
#include <numeric>
#endif

namespace fovea {

/// Two arrays of keys and two of values; after a sort, `at` tells which of them are sorted.
struct Pairs {
  uint32_t* keys[2];
  uint32_t* values[2];
  int at = 0;

  uint32_t* sorted() const { return values[at]; }
  uint32_t* sorted_keys() const { return keys[at]; }
};

/// Sorts by the lowest `bits` of the keys; equal keys keep their order. With no memory it only
/// tells how much it needs.
inline cudaError_t sort_pairs(
    void* memory, size_t& size, Pairs& pairs, int count, int bits, cudaStream_t stream) {
#ifdef __CUDACC__
  cub::DoubleBuffer<uint32_t> keys(pairs.keys[0], pairs.keys[1]);
  cub::DoubleBuffer<uint32_t> values(pairs.values[0], pairs.values[1]);
  cudaError_t failed =
      cub::DeviceRadixSort::SortPairs(memory, size, keys, values, count, 0, bits, stream);
  if (memory != nullptr) {
    pairs.at = values.selector;
  }
  return failed;
#else
  if (memory == nullptr) {
    size = 1;
    return cudaSuccess;
  }
  const uint32_t mask = bits == 32 ? 0xffffffffu : (1u << bits) - 1;
  std::vector<int> order(count);
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
    return (pairs.keys[0][a] & mask) < (pairs.keys[0][b] & mask);
  });
  for (int k = 0; k < count; k++) {
    pairs.keys[1][k] = pairs.keys[0][order[k]];
    pairs.values[1][k] = pairs.values[0][order[k]];
  }
  pairs.at = 1;
  return cudaSuccess;
#endif
}

/// out[k] = in[0] + ... + in[k-1].
inline cudaError_t sums_before(
    void* memory, size_t& size, const int* in, int* out, int count, cudaStream_t stream) {
#ifdef __CUDACC__
  return cub::DeviceScan::ExclusiveSum(memory, size, in, out, count, stream);
#else
  size = 1;
  for (int k = 0, sum = 0; memory != nullptr && k < count; k++) {
    const int here = in[k];
    out[k] = sum;
    sum += here;
  }
  return cudaSuccess;
#endif
}

/// out[k] = in[0] + ... + in[k].
/// Whole numbers, for sums of fractions would depend on the order a device takes them in.
inline cudaError_t sums_up_to(
    void* memory, size_t& size, const uint64_t* in, uint64_t* out, int count, cudaStream_t stream) {
#ifdef __CUDACC__
  return cub::DeviceScan::InclusiveSum(memory, size, in, out, count, stream);
#else
  size = 1;
  uint64_t sum = 0;
  for (int k = 0; memory != nullptr && k < count; k++) {
    out[k] = sum += in[k];
  }
  return cudaSuccess;
#endif
}

}  // namespace fovea
