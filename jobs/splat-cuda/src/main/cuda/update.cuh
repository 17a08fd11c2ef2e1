// From image-plane gradients to parameters, and Adam over them in the same breath, so that no
// gradient of a parameter ever goes to memory: fovea.splat.train.Adam and Mcmc's regularisation
// and noise.
#pragma once

#include "geometry.cuh"
#include "tiles.cuh"

namespace fovea {

/// What one step does; rates are divided by Adam's first correction already.
struct Rule {
  float means, rotations, scales, opacities, sh0, rest;
  float square_scale;  // Adam's second correction
  float noise;         // strength; 0: none
  float opacity_weight, scale_weight;  // of the means, in the loss
  uint64_t seed;       // of the noise of this step
  int visible_only;    // 1: Gaussians that touch no tile rest
};

constexpr float kBeta1 = 0.9f;
constexpr float kBeta2 = 0.999f;
constexpr float kEpsilon = 1e-15f;
constexpr float kDead = 0.005f;
constexpr uint64_t kGolden = 0x9E3779B97F4A7C15ull;

/// java.util.SplittableRandom: draw k (from 0) of a seed, without the ones before it.
__device__ __forceinline__ double uniform(uint64_t seed, uint64_t k) {
  uint64_t z = seed + (k + 1) * kGolden;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
  z ^= z >> 31;
  return static_cast<double>(z >> 11) * (1.0 / 9007199254740992.0);
}

struct Adam {
  float4* __restrict__ values;
  float4* __restrict__ firsts;
  float4* __restrict__ seconds;
  float square_scale;

  __device__ __forceinline__ void one(float& p, float& m, float& v, float g, float rate) const {
    m = kBeta1 * m + (1 - kBeta1) * g;
    v = kBeta2 * v + (1 - kBeta2) * g * g;
    p -= rate * m / (sqrtf(v * square_scale) + kEpsilon);
  }

  __device__ __forceinline__ float4 step(int at, float4 p, float4 g, float4 rates) const {
    float4 m = firsts[at];
    float4 v = seconds[at];
    one(p.x, m.x, v.x, g.x, rates.x);
    one(p.y, m.y, v.y, g.y, rates.y);
    one(p.z, m.z, v.z, g.z, rates.z);
    one(p.w, m.w, v.w, g.w, rates.w);
    values[at] = p;
    firsts[at] = m;
    seconds[at] = v;
    return p;
  }
};

/// Writes gradients instead of taking a step: how tests look inside.
struct Reveal {
  float4* __restrict__ gradients;

  __device__ __forceinline__ float4 step(int at, float4 p, float4 g, float4) const {
    gradients[at] = g;
    return p;
  }
};

__device__ __forceinline__ float normal(uint64_t seed, uint64_t k) {
  const float radius = sqrtf(-2 * logf(1 - static_cast<float>(uniform(seed, k)) + 1e-12f));
  return radius * cosf(6.2831853f * static_cast<float>(uniform(seed, k + 1)));
}

/// Shakes nearly transparent Gaussians along their own shape.
__device__ __forceinline__ bool shake(
    const Rule& rule, int i, float4& mean, float4 rotation, float4 log_scales) {
  const float gate = 1 / (1 + expf(100 * (sigmoid(mean.w) - kDead)));
  if (gate < 1e-6f || rule.noise == 0) {
    return false;
  }
  float r[9];
  rotation_of(rotation, r);
  const uint64_t seed = rule.seed ^ (static_cast<uint64_t>(i) << 32);
  const float scale = gate * rule.noise;
  const float x = normal(seed, 0) * expf(2 * log_scales.x) * scale;
  const float y = normal(seed, 2) * expf(2 * log_scales.y) * scale;
  const float z = normal(seed, 4) * expf(2 * log_scales.z) * scale;
  mean.x += r[0] * x + r[1] * y + r[2] * z;
  mean.y += r[3] * x + r[4] * y + r[5] * z;
  mean.z += r[6] * x + r[7] * y + r[8] * z;
  return true;
}

/// @tparam D degree in use; Sink: Adam or Reveal
template <int D, class Sink>
__global__ void __launch_bounds__(128) update(
    Camera camera,
    Rule rule,
    Sink sink,
    float4* splats,
    int stride,
    int count,
    const float4* __restrict__ packed,
    const int* __restrict__ touched,
    const float4* __restrict__ sums,
    const Status* status) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i >= count || status->over) {
    return;
  }
  const bool seen = touched[i] > 0;
  float4 mean = splats[kMean * stride + i];
  float4 rotation = splats[kRotation * stride + i];
  float4 scale = splats[kScale * stride + i];
  if (seen || !rule.visible_only) {
    const float4 zero = make_float4(0, 0, 0, 0);
    ShapeGradient g = {{0, 0, 0}, zero, {0, 0, 0}};
    float shade[3] = {0, 0, 0};
    float opacity_gradient = 0;
    float d[3] = {0, 0, 1};
    float inverse = 0;
    if (seen) {
      const float4 one = packed[i];
      const float4 two = packed[stride + i];
      const float4 colour = packed[2 * stride + i];
      const float4 m = sums[i];
      const float4 n = sums[stride + i];
      const float blue = sums[2 * stride + i].x;
      shade[0] = colour.x > 0 ? n.z : 0;
      shade[1] = colour.y > 0 ? n.w : 0;
      shade[2] = colour.z > 0 ? blue : 0;
      // alpha = opacity e^-sigma, so dL/dopacity = -sum(dL/dsigma) / opacity.
      opacity_gradient = -m.x * (1 - two.y);
      Projection p;
      p.to_camera(camera, mean);
      p.shape(camera, rotation, scale);
      const float on_image[5] = {
          -(one.z * m.y + one.w * m.z), -(one.w * m.y + two.x * m.z), 0.5f * m.w, n.x, 0.5f * n.y};
      shape_gradient(camera, p, rotation, on_image, one.z, one.w, two.x, g);
      inverse = direction(camera, mean, d);
    }
    float b[16];
    float d_basis[16];
    basis<D>(d[0], d[1], d[2], b);
#pragma unroll
    for (int k = 0; k < functions(D); k++) {
      d_basis[k] = 0;
    }
#pragma unroll
    for (int j = 0; j < harmonic_planes(D); j++) {
      const int at = (kHarmonics + j) * stride + i;
      const float4 h = splats[at];
      const float values[4] = {h.x, h.y, h.z, h.w};
      float gradients[4] = {0, 0, 0, 0};
#pragma unroll
      for (int e = 0; e < 4; e++) {
        const int k = (4 * j + e) / 3;
        if (k < functions(D)) {
          gradients[e] = b[k] * shade[(4 * j + e) % 3];
          d_basis[k] += values[e] * shade[(4 * j + e) % 3];
        }
      }
      const float first = j == 0 ? rule.sh0 : rule.rest;
      sink.step(
          at,
          h,
          make_float4(gradients[0], gradients[1], gradients[2], gradients[3]),
          make_float4(first, first, first, rule.rest));
    }
    float turn[3];
    basis_gradient<D>(d[0], d[1], d[2], d_basis, turn);
    const float along = turn[0] * d[0] + turn[1] * d[1] + turn[2] * d[2];
    const float opacity = sigmoid(mean.w);
    const float by_opacity = rule.opacity_weight / count;
    const float by_scale = rule.scale_weight / (3.f * count);
    mean = sink.step(
        kMean * stride + i,
        mean,
        make_float4(
            g.mean[0] + (turn[0] - along * d[0]) * inverse,
            g.mean[1] + (turn[1] - along * d[1]) * inverse,
            g.mean[2] + (turn[2] - along * d[2]) * inverse,
            opacity_gradient + by_opacity * opacity * (1 - opacity)),
        make_float4(rule.means, rule.means, rule.means, rule.opacities));
    rotation = sink.step(
        kRotation * stride + i,
        rotation,
        g.rotation,
        make_float4(rule.rotations, rule.rotations, rule.rotations, rule.rotations));
    scale = sink.step(
        kScale * stride + i,
        scale,
        make_float4(
            g.scales[0] + by_scale * expf(scale.x),
            g.scales[1] + by_scale * expf(scale.y),
            g.scales[2] + by_scale * expf(scale.z),
            0),
        make_float4(rule.scales, rule.scales, rule.scales, 0));
  }
  if (shake(rule, i, mean, rotation, scale)) {
    splats[kMean * stride + i] = mean;
  }
}

}  // namespace fovea
