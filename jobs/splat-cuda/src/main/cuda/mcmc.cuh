// Densification as Markov chain Monte Carlo (Kheradmand et al. 2024), with the draws of
// fovea.splat.train.Mcmc: dead Gaussians move to where living ones are, the number grows.
#pragma once

#include "update.cuh"

namespace fovea {

constexpr int kMostCopies = 51;

/// Opacities as whole numbers, so that their sums do not depend on an order; 20 million fit.
constexpr double kUnit = 68719476736.0;  // 2^36

/// Moves the next places and their moments.
struct Copies {
  float4* splats;
  float4* firsts;
  float4* seconds;
  int stride;
  int planes;

  __device__ void forget(int i) const {
    for (int k = 0; k < planes; k++) {
      firsts[k * stride + i] = make_float4(0, 0, 0, 0);
      seconds[k * stride + i] = make_float4(0, 0, 0, 0);
    }
  }
};

__global__ void weigh(
    const float4* __restrict__ splats,
    int stride,
    int count,
    uint64_t* __restrict__ weights,
    int* __restrict__ dead,
    int* __restrict__ copies) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i > count) {
    return;
  }
  bool alive = false;
  float opacity = 0;
  if (i < count) {
    const float4 mean = splats[kMean * stride + i];
    opacity = sigmoid(mean.w);
    alive = opacity > kDead && isfinite(mean.x);
    weights[i] = alive ? static_cast<uint64_t>(opacity * kUnit) : 0;
    copies[i] = 0;
  }
  dead[i] = i < count && !alive;
}

/// `before` the number of dead ones before each Gaussian.
__global__ void list_dead(
    const int* __restrict__ before,
    const uint64_t* __restrict__ sums,
    int count,
    int* __restrict__ targets,
    Status* status) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < count && before[i + 1] > before[i]) {
    targets[before[i]] = i;
  }
  if (i == 0) {
    status->dead = before[count];
    status->weight = sums[count - 1];
  }
}

/// Draws a living Gaussian for each target, by opacity: the first whose sum is above the pick.
__global__ void draw_sources(
    const uint64_t* __restrict__ sums,
    int count,
    int targets,
    uint64_t seed,
    uint64_t drawn,
    int* __restrict__ sources,
    int* __restrict__ copies) {
  const int k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k >= targets) {
    return;
  }
  const double whole = static_cast<double>(sums[count - 1]);
  const uint64_t most = sums[count - 1] - 1;
  const uint64_t pick = min(most, static_cast<uint64_t>(uniform(seed, drawn + k) * whole));
  int low = 0;
  int high = count - 1;
  while (low < high) {
    const int middle = (low + high) / 2;
    if (sums[middle] > pick) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  sources[k] = low;
  atomicAdd(&copies[low], 1);
}

/// Equation 9 of the paper: opacity and scale of each of n copies that together look like one.
__global__ void share(Copies all, int count, const int* __restrict__ copies) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count || copies[i] == 0) {
    return;
  }
  const int n = min(kMostCopies, copies[i] + 1);
  float4 mean = all.splats[kMean * all.stride + i];
  float4 scales = all.splats[kScale * all.stride + i];
  const double old = sigmoid(mean.w);
  const double opacity = 1 - pow(1 - old, 1.0 / n);
  double sum = 0;
  for (int a = 1; a <= n; a++) {
    double binomial = 1;
    double raised = opacity;
    for (int k = 0; k < a; k++) {
      sum += (k % 2 == 0 ? 1 : -1) * binomial * raised / sqrt(k + 1.0);
      binomial = binomial * (a - 1 - k) / (k + 1);
      raised *= opacity;
    }
  }
  const float scale = static_cast<float>(log(fmax(1e-3, fmin(1.0, old / sum))));
  const double kept = fmax(static_cast<double>(kDead), fmin(1 - 1e-6, opacity));
  mean.w = static_cast<float>(log(kept / (1 - kept)));
  scales.x += scale;
  scales.y += scale;
  scales.z += scale;
  all.splats[kMean * all.stride + i] = mean;
  all.splats[kScale * all.stride + i] = scales;
  all.forget(i);
}

/// Target k becomes a copy of its source; without a list the targets are those from `first` on.
__global__ void settle(
    Copies all,
    int count,
    const int* __restrict__ sources,
    const int* __restrict__ targets,
    int first) {
  const int k = blockIdx.x * blockDim.x + threadIdx.x;
  if (k >= count) {
    return;
  }
  const int to = targets == nullptr ? first + k : targets[k];
  for (int plane = 0; plane < all.planes; plane++) {
    all.splats[plane * all.stride + to] = all.splats[plane * all.stride + sources[k]];
  }
  all.forget(to);
}

}  // namespace fovea
