// From world to image plane (EWA splatting, Zwicker et al. 2001, as in Kerbl et al. 2023) and the
// way back: the formulas of fovea.splat.render.cpu.Projection and ProjectionGradient.
#pragma once

#include "splats.cuh"

namespace fovea {

constexpr float kBlur = 0.3f;
constexpr float kLeastAlpha = 1 / 255.f;
constexpr float kMargin = 0.3f;

__device__ __forceinline__ float clamped(float v, float least, float most) {
  return fmaxf(least, fminf(most, v));
}

__device__ __forceinline__ float sigmoid(float v) { return 1 / (1 + expf(-v)); }

__device__ __forceinline__ float inverse_length(float4 q) {
  return 1 / sqrtf(fmaxf(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w, 1e-24f));
}

/// Row-major matrix of the normalised quaternion w x y z.
__device__ __forceinline__ void rotation_of(float4 q, float* r) {
  const float s = inverse_length(q);
  const float w = q.x * s, x = q.y * s, y = q.z * s, z = q.w * s;
  r[0] = 1 - 2 * (y * y + z * z);
  r[1] = 2 * (x * y - w * z);
  r[2] = 2 * (x * z + w * y);
  r[3] = 2 * (x * y + w * z);
  r[4] = 1 - 2 * (x * x + z * z);
  r[5] = 2 * (y * z - w * x);
  r[6] = 2 * (x * z - w * y);
  r[7] = 2 * (y * z + w * x);
  r[8] = 1 - 2 * (x * x + y * y);
}

/// From dLoss/dMatrix to dLoss/d(raw quaternion).
__device__ __forceinline__ float4 rotation_gradient(float4 q, const float* g) {
  const float s = inverse_length(q);
  const float w = q.x * s, x = q.y * s, y = q.z * s, z = q.w * s;
  const float dw = 2 * (-z * g[1] + y * g[2] + z * g[3] - x * g[5] - y * g[6] + x * g[7]);
  const float dx = 2 * (y * g[1] + z * g[2] + y * g[3] - 2 * x * g[4] - w * g[5] + z * g[6] +
                        w * g[7] - 2 * x * g[8]);
  const float dy = 2 * (-2 * y * g[0] + x * g[1] + w * g[2] + x * g[3] + z * g[5] - w * g[6] +
                        z * g[7] - 2 * y * g[8]);
  const float dz = 2 * (-2 * z * g[0] - w * g[1] + x * g[2] + w * g[3] - 2 * z * g[4] + y * g[5] +
                        x * g[6] + y * g[7]);
  // Normalisation lets only the part across the quaternion through.
  const float along = w * dw + x * dx + y * dy + z * dz;
  return make_float4(
      (dw - w * along) * s, (dx - x * along) * s, (dy - y * along) * s, (dz - z * along) * s);
}

/// The intermediate values of a projection that its gradient needs again.
struct Projection {
  float tx, ty, tz;
  float slope_x, slope_y;  // x/z and y/z, held inside the margin
  float scales[3];
  float spread[9];     // M = rotation * diag(scales)
  float jacobian[6];   // J W: world to pixels, 2x3
  float footprint[6];  // U = J W M, 2x3; covariance U U' + blur

  /// False where nearer than the near plane.
  __device__ __forceinline__ bool to_camera(const Camera& c, float4 mean) {
    tx = c.w[0] * mean.x + c.w[1] * mean.y + c.w[2] * mean.z + c.t[0];
    ty = c.w[3] * mean.x + c.w[4] * mean.y + c.w[5] * mean.z + c.t[1];
    tz = c.w[6] * mean.x + c.w[7] * mean.y + c.w[8] * mean.z + c.t[2];
    return tz > c.near_plane;
  }

  __device__ __forceinline__ void shape(const Camera& c, float4 rotation, float4 log_scales) {
    rotation_of(rotation, spread);
    scales[0] = expf(log_scales.x);
    scales[1] = expf(log_scales.y);
    scales[2] = expf(log_scales.z);
#pragma unroll
    for (int k = 0; k < 9; k++) {
      spread[k] *= scales[k % 3];
    }
    const float margin_x = kMargin * c.width / (2 * c.fx);
    const float margin_y = kMargin * c.height / (2 * c.fy);
    slope_x = clamped(tx / tz, -c.cx / c.fx - margin_x, (c.width - c.cx) / c.fx + margin_x);
    slope_y = clamped(ty / tz, -c.cy / c.fy - margin_y, (c.height - c.cy) / c.fy + margin_y);
    const float jx = c.fx / tz;
    const float jy = c.fy / tz;
#pragma unroll
    for (int k = 0; k < 3; k++) {
      jacobian[k] = jx * (c.w[k] - slope_x * c.w[6 + k]);
      jacobian[3 + k] = jy * (c.w[3 + k] - slope_y * c.w[6 + k]);
    }
#pragma unroll
    for (int k = 0; k < 3; k++) {
      footprint[k] =
          jacobian[0] * spread[k] + jacobian[1] * spread[3 + k] + jacobian[2] * spread[6 + k];
      footprint[3 + k] =
          jacobian[3] * spread[k] + jacobian[4] * spread[3 + k] + jacobian[5] * spread[6 + k];
    }
  }
};

/// Gradients of one Gaussian's shape and place.
struct ShapeGradient {
  float mean[3];
  float4 rotation;
  float scales[3];
};

/// `g`: dLoss/d(centre x y, inverse covariance a b c), a b c: the inverse covariance.
__device__ __forceinline__ void shape_gradient(
    const Camera& camera,
    const Projection& p,
    float4 rotation,
    const float* g,
    float a,
    float b,
    float c,
    ShapeGradient& out) {
  // K = covariance^-1: dL/dcovariance = -K dL/dK K.
  const float xx = -(a * a * g[2] + a * b * g[3] + b * b * g[4]);
  const float xy = -(2 * a * b * g[2] + (a * c + b * b) * g[3] + 2 * b * c * g[4]);
  const float yy = -(b * b * g[2] + b * c * g[3] + c * c * g[4]);
  float d_footprint[6];
  float d_jacobian[6];
  float d_rotation[9];
#pragma unroll
  for (int k = 0; k < 3; k++) {
    d_footprint[k] = 2 * xx * p.footprint[k] + xy * p.footprint[3 + k];
    d_footprint[3 + k] = 2 * yy * p.footprint[3 + k] + xy * p.footprint[k];
  }
#pragma unroll
  for (int axis = 0; axis < 3; axis++) {
    float d_scale = 0;
#pragma unroll
    for (int row = 0; row < 3; row++) {
      const float d =
          p.jacobian[row] * d_footprint[axis] + p.jacobian[3 + row] * d_footprint[3 + axis];
      d_scale += d * p.spread[3 * row + axis];
      d_rotation[3 * row + axis] = d * p.scales[axis];
    }
    out.scales[axis] = d_scale;
  }
  out.rotation = rotation_gradient(rotation, d_rotation);
#pragma unroll
  for (int k = 0; k < 3; k++) {
    float x = 0;
    float y = 0;
#pragma unroll
    for (int axis = 0; axis < 3; axis++) {
      x += d_footprint[axis] * p.spread[3 * k + axis];
      y += d_footprint[3 + axis] * p.spread[3 * k + axis];
    }
    d_jacobian[k] = x;
    d_jacobian[3 + k] = y;
  }
  // Row 0 of J W is fx/z (w0 - slopeX w2), row 1 likewise: by slope and by 1/z.
  const float* w = camera.w;
  const float* j = d_jacobian;
  const float x0 = j[0] * w[0] + j[1] * w[1] + j[2] * w[2];
  const float x2 = j[0] * w[6] + j[1] * w[7] + j[2] * w[8];
  const float y1 = j[3] * w[3] + j[4] * w[4] + j[5] * w[5];
  const float y2 = j[3] * w[6] + j[4] * w[7] + j[5] * w[8];
  const float z = p.tz;
  const float jx = camera.fx / z;
  const float jy = camera.fy / z;
  const float slope_x = p.tx / z;
  const float slope_y = p.ty / z;
  const float d_slope_x = jx * z * g[0] - (slope_x == p.slope_x ? jx * x2 : 0);
  const float d_slope_y = jy * z * g[1] - (slope_y == p.slope_y ? jy * y2 : 0);
  const float dx = d_slope_x / z;
  const float dy = d_slope_y / z;
  const float dz = -(d_slope_x * slope_x + d_slope_y * slope_y) / z -
                   jx / z * (x0 - p.slope_x * x2) - jy / z * (y1 - p.slope_y * y2);
#pragma unroll
  for (int k = 0; k < 3; k++) {
    out.mean[k] = w[k] * dx + w[3 + k] * dy + w[6 + k] * dz;
  }
}

/// Real spherical harmonics in the order and signs of INRIA's implementation.
template <int D>
__device__ __forceinline__ void basis(float x, float y, float z, float* b) {
  b[0] = 0.28209479177387814f;
  if constexpr (D >= 1) {
    b[1] = -0.4886025119029199f * y;
    b[2] = 0.4886025119029199f * z;
    b[3] = -0.4886025119029199f * x;
  }
  const float xx = x * x, yy = y * y, zz = z * z;
  if constexpr (D >= 2) {
    b[4] = 1.0925484305920792f * x * y;
    b[5] = -1.0925484305920792f * y * z;
    b[6] = 0.31539156525252005f * (2 * zz - xx - yy);
    b[7] = -1.0925484305920792f * x * z;
    b[8] = 0.5462742152960396f * (xx - yy);
  }
  if constexpr (D >= 3) {
    b[9] = -0.5900435899266435f * y * (3 * xx - yy);
    b[10] = 2.890611442640554f * x * y * z;
    b[11] = -0.4570457994644658f * y * (4 * zz - xx - yy);
    b[12] = 0.3731763325901154f * z * (2 * zz - 3 * xx - 3 * yy);
    b[13] = -0.4570457994644658f * x * (4 * zz - xx - yy);
    b[14] = 1.445305721320277f * z * (xx - yy);
    b[15] = -0.5900435899266435f * x * (xx - 3 * yy);
  }
}

/// dLoss/d(unit direction) of dLoss/dBasis.
template <int D>
__device__ __forceinline__ void basis_gradient(float x, float y, float z, const float* g, float* out) {
  float dx = 0, dy = 0, dz = 0;
  if constexpr (D >= 1) {
    dx = -0.4886025119029199f * g[3];
    dy = -0.4886025119029199f * g[1];
    dz = 0.4886025119029199f * g[2];
  }
  if constexpr (D >= 2) {
    constexpr float c0 = 1.0925484305920792f, c2 = 0.31539156525252005f, c4 = 0.5462742152960396f;
    dx += c0 * y * g[4] - 2 * c2 * x * g[6] - c0 * z * g[7] + 2 * c4 * x * g[8];
    dy += c0 * x * g[4] - c0 * z * g[5] - 2 * c2 * y * g[6] - 2 * c4 * y * g[8];
    dz += -c0 * y * g[5] + 4 * c2 * z * g[6] - c0 * x * g[7];
  }
  if constexpr (D >= 3) {
    constexpr float c0 = -0.5900435899266435f, c1 = 2.890611442640554f, c2 = -0.4570457994644658f;
    constexpr float c3 = 0.3731763325901154f, c5 = 1.445305721320277f;
    const float xx = x * x, yy = y * y, zz = z * z;
    dx += 6 * c0 * x * y * g[9] + c1 * y * z * g[10] - 2 * c2 * x * y * g[11] -
          6 * c3 * x * z * g[12] + c2 * (4 * zz - 3 * xx - yy) * g[13] + 2 * c5 * x * z * g[14] +
          3 * c0 * (xx - yy) * g[15];
    dy += 3 * c0 * (xx - yy) * g[9] + c1 * x * z * g[10] + c2 * (4 * zz - xx - 3 * yy) * g[11] -
          6 * c3 * y * z * g[12] - 2 * c2 * x * y * g[13] - 2 * c5 * y * z * g[14] -
          6 * c0 * x * y * g[15];
    dz += c1 * x * y * g[10] + 8 * c2 * y * z * g[11] + c3 * (6 * zz - 3 * xx - 3 * yy) * g[12] +
          8 * c2 * x * z * g[13] + c5 * (xx - yy) * g[14];
  }
  out[0] = dx;
  out[1] = dy;
  out[2] = dz;
}

/// Unit direction from the camera to a mean; the inverse distance is returned.
__device__ __forceinline__ float direction(const Camera& c, float4 mean, float* d) {
  d[0] = mean.x - c.centre[0];
  d[1] = mean.y - c.centre[1];
  d[2] = mean.z - c.centre[2];
  const float s = 1 / sqrtf(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
  d[0] *= s;
  d[1] *= s;
  d[2] *= s;
  return s;
}

}  // namespace fovea
