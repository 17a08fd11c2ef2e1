// Which Gaussians touch which tile, front to back. The Gaussians are sorted by depth first; their
// (Gaussian, tile) pairs, written in that order, need then only a stable sort by tile.
#pragma once

#include "project.cuh"

namespace fovea {

/// What the device tells the host when it is asked.
struct Status {
  int slots;    // of the last drawing
  int over;     // 1 where they did not fit: the step was left out
  int skipped;  // steps left out
  int dead;     // of the last refinement
  uint64_t weight;  // sum of the opacities, 2^-36
};

__global__ void count_in_order(
    const uint32_t* __restrict__ order, const int* __restrict__ touched, int count, int* out) {
  const int rank = blockIdx.x * blockDim.x + threadIdx.x;
  if (rank <= count) {
    out[rank] = rank < count ? touched[order[rank]] : 0;
  }
}

/// Notes how many slots there are; more than `room` leave this step out.
__global__ void take_stock(const int* slots, int room, int* of_view, Status* status) {
  if (threadIdx.x == 0 && blockIdx.x == 0) {
    status->slots = *slots;
    status->over = *slots > room;
    status->skipped += *slots > room;
    if (of_view != nullptr) {
      *of_view = *slots;
    }
  }
}

/// Entry e is slot e before the sort by tile; the entries of a Gaussian lie side by side.
__global__ void __launch_bounds__(256) list_entries(
    const uint32_t* __restrict__ order,
    const int* __restrict__ firsts,
    const int* __restrict__ touched,
    const Box* __restrict__ boxes,
    const float4* __restrict__ packed,
    int stride,
    int count,
    int across,
    int room,
    int* __restrict__ entries,
    uint32_t* __restrict__ tiles,
    uint32_t* __restrict__ numbers,
    uint32_t* __restrict__ owners) {
  const int rank = blockIdx.x * blockDim.x + threadIdx.x;
  if (rank >= count) {
    return;
  }
  const uint32_t i = order[rank];
  if (touched[i] == 0) {
    return;
  }
  int entry = firsts[rank];
  entries[i] = entry;
  each_tile(boxes[i], packed[i], packed[stride + i], across, [&](int tile) {
    if (entry < room) {
      tiles[entry] = tile;
      numbers[entry] = entry;
      owners[entry] = i;
    }
    entry++;
  });
}

/// The room behind the last entry belongs to a tile past the last one.
__global__ void pad_entries(
    const Status* status, int room, uint32_t behind, uint32_t* tiles, uint32_t* numbers) {
  const int entry = blockIdx.x * blockDim.x + threadIdx.x;
  if (entry < room && entry >= status->slots) {
    tiles[entry] = behind;
    numbers[entry] = entry;
  }
}

/// First and end slot of each tile, and the Gaussian of each slot; `ranges` is zero before.
__global__ void find_ranges(
    const uint32_t* __restrict__ tiles,
    const uint32_t* __restrict__ numbers,
    const uint32_t* __restrict__ owners,
    const Status* status,
    int room,
    uint2* __restrict__ ranges,
    uint32_t* __restrict__ gaussians) {
  const int slot = blockIdx.x * blockDim.x + threadIdx.x;
  const int slots = min(status->slots, room);
  if (slot >= slots) {
    return;
  }
  const uint32_t tile = tiles[slot];
  if (slot == 0 || tiles[slot - 1] != tile) {
    ranges[tile].x = slot;
  }
  if (slot == slots - 1 || tiles[slot + 1] != tile) {
    ranges[tile].y = slot + 1;
  }
  gaussians[slot] = owners[numbers[slot]];
}

/// A bucket is a warp's worth of a tile's slots.
__global__ void count_buckets(const uint2* ranges, int tiles, int* out) {
  const int tile = blockIdx.x * blockDim.x + threadIdx.x;
  if (tile <= tiles) {
    out[tile] = tile < tiles ? (ranges[tile].y - ranges[tile].x + kWarp - 1) / kWarp : 0;
  }
}

}  // namespace fovea
