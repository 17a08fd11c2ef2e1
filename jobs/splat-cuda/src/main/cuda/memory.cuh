// Device memory: two arenas of fixed layout, and failures as values that the door turns into codes.
#pragma once

#include <string>
#include <utility>

#include "fovea_splat.h"
#include "loss.cuh"
#include "tiles.cuh"

namespace fovea {

struct Failure {
  int code;
  std::string words;
};

inline void check(cudaError_t result, const char* what) {
  if (result != cudaSuccess) {
    cudaGetLastError();  // or the next call would report it again
    const bool memory = result == cudaErrorMemoryAllocation;
    throw Failure{
        memory ? FOVEA_SPLAT_NO_MEMORY : FOVEA_SPLAT_FAILED,
        std::string(what) + ": " + cudaGetErrorString(result)};
  }
}

/// A queue of work on the device.
class Stream {
 public:
  Stream() { check(cudaStreamCreate(&stream_), "a stream"); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() {
    cudaStreamSynchronize(stream_);
    cudaStreamDestroy(stream_);
  }

  cudaStream_t get() const { return stream_; }

 private:
  cudaStream_t stream_ = nullptr;
};

/// One allocation, handed out in pieces; with no memory it only counts.
class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { release(); }

  void allocate(size_t size) {
    release();
    void* got = nullptr;
    const cudaError_t result = cudaMalloc(&got, size);
    if (result != cudaSuccess) {
      cudaGetLastError();
      throw Failure{
          FOVEA_SPLAT_NO_MEMORY,
          "the device has no " + std::to_string(size >> 20) + " MiB: " + cudaGetErrorString(result)};
    }
    base_ = static_cast<char*>(got);
    size_ = size;
  }

  void release() {
    cudaFree(base_);
    base_ = nullptr;
    size_ = 0;
    rewind();
  }

  void rewind() { used_ = 0; }

  template <class T>
  void take(T*& out, size_t count) {
    out = base_ == nullptr ? nullptr : reinterpret_cast<T*>(base_ + used_);
    used_ += (count * sizeof(T) + 255) / 256 * 256;
  }

  size_t used() const { return used_; }
  size_t size() const { return size_; }

 private:
  char* base_ = nullptr;
  size_t size_ = 0;
  size_t used_ = 0;
};

/// What lies on the device for the whole training.
struct Fixed {
  float4 *splats, *firsts, *seconds, *packed, *sums, *wishes;
  Box* boxes;
  int *touched, *in_order, *offsets, *entries;
  uint32_t *depth_keys[2], *depth_values[2];
  float *image, *partials;
  int *lasts, *reach, *buckets, *first_buckets, *of_view;
  uint2* ranges;
  Sums *block_sums, *losses;
  ExposurePull* exposure_pulls;
  float* exposures[3];  // values, first and second moments
  uint64_t *weights, *weight_sums;
  int *dead, *dead_before, *targets, *sources, *copies;
  uint8_t* photos;
  Status* status;
  char* scratch;
};

constexpr int kLosses = 256;

struct Plan {
  int cap, degree, views;
  size_t pixels, tiles, photo_bytes, scratch;

  int stride() const { return (cap + 31) / 32 * 32; }
};

inline void lay_out(Arena& arena, const Plan& plan, Fixed& f) {
  const size_t n = plan.stride();
  const size_t tiles = plan.tiles;
  arena.rewind();
  arena.take(f.splats, planes(plan.degree) * n);
  arena.take(f.firsts, planes(plan.degree) * n);
  arena.take(f.seconds, planes(plan.degree) * n);
  arena.take(f.packed, kPacked * n);
  arena.take(f.sums, 3 * n);
  arena.take(f.boxes, n);
  arena.take(f.touched, n);
  arena.take(f.in_order, n + 1);
  arena.take(f.offsets, n + 1);
  arena.take(f.entries, n);
  for (int k = 0; k < 2; k++) {
    arena.take(f.depth_keys[k], n);
    arena.take(f.depth_values[k], n);
  }
  arena.take(f.image, 3 * plan.pixels);
  arena.take(f.partials, 9 * plan.pixels);
  arena.take(f.wishes, tiles * kPixels);
  arena.take(f.lasts, tiles * kPixels);
  arena.take(f.reach, tiles);
  arena.take(f.buckets, tiles + 1);
  arena.take(f.first_buckets, tiles + 1);
  arena.take(f.ranges, tiles);
  arena.take(f.block_sums, 3 * tiles);
  arena.take(f.losses, kLosses);
  arena.take(f.exposure_pulls, 3 * plan.tiles);
  for (float*& each : f.exposures) {
    arena.take(each, kExposure * static_cast<size_t>(plan.views));
  }
  arena.take(f.of_view, plan.views);
  arena.take(f.weights, n);
  arena.take(f.weight_sums, n);
  arena.take(f.dead, n + 1);
  arena.take(f.dead_before, n + 1);
  arena.take(f.targets, n);
  arena.take(f.sources, n);
  arena.take(f.copies, n + 1);
  arena.take(f.photos, plan.photo_bytes);
  arena.take(f.status, 1);
  arena.take(f.scratch, plan.scratch);
}

/// What grows with the (Gaussian, tile) pairs of a drawing.
struct Slots {
  uint32_t *tiles[2], *numbers[2], *owners, *gaussians;
  Pull* pulls;
  float4* states;
  int* bucket_tiles;
  char* scratch;
};

inline void lay_out(Arena& arena, size_t slots, size_t tiles, size_t scratch, Slots& s) {
  const size_t buckets = slots / kWarp + tiles;
  arena.rewind();
  for (int k = 0; k < 2; k++) {
    arena.take(s.tiles[k], slots);
    arena.take(s.numbers[k], slots);
  }
  arena.take(s.owners, slots);
  arena.take(s.gaussians, slots);
  arena.take(s.pulls, slots);
  arena.take(s.states, buckets * kPixels);
  arena.take(s.bucket_tiles, buckets);
  arena.take(s.scratch, scratch);
}

}  // namespace fovea
