// The door: turns failures into codes and words.

#include "fovea_splat.h"

#include <cstdio>
#include <new>
#include <string>

#include "trainer.cuh"

#define FOVEA_DOOR extern "C" __attribute__((visibility("default")))

namespace {

using fovea::Failure;

thread_local char words[512] = "";

int failed(int code, const char* what) {
  std::snprintf(words, sizeof words, "%s", what);
  return code;
}

template <class Body>
int32_t guarded(Body body) {
  try {
    body();
    return FOVEA_SPLAT_OK;
  } catch (const Failure& failure) {
    return failed(failure.code, failure.words.c_str());
  } catch (const std::bad_alloc&) {
    return failed(FOVEA_SPLAT_NO_MEMORY, "the host has no memory left");
  } catch (const std::exception& other) {
    return failed(FOVEA_SPLAT_BAD_ARGUMENT, other.what());
  } catch (...) {
    return failed(FOVEA_SPLAT_FAILED, "unknown failure");
  }
}

fovea::Trainer& trainer(void* handle) {
  if (handle == nullptr) {
    throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "there is no trainer"};
  }
  return *static_cast<fovea::Trainer*>(handle);
}

fovea::Camera camera(const float* numbers, int width, int height) {
  if (width < 1 || height < 1) {
    throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "a picture has no pixels"};
  }
  fovea::Camera out;
  std::memcpy(out.w, numbers, sizeof out.w);
  std::memcpy(out.t, numbers + 9, sizeof out.t);
  std::memcpy(out.centre, numbers + 12, sizeof out.centre);
  out.fx = numbers[15];
  out.fy = numbers[16];
  out.cx = numbers[17];
  out.cy = numbers[18];
  out.near_plane = numbers[19];
  out.width = width;
  out.height = height;
  return out;
}

fovea::Plan plan(
    int cap, int degree, int views, int64_t most_pixels, int most_tiles, int64_t photo_bytes) {
  if (cap < 1 || cap > 20000000 || degree < 0 || degree > 3 || views < 1 || most_pixels < 1 ||
      most_tiles < 1 || photo_bytes < 0) {
    throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "a trainer of this size cannot be"};
  }
  return fovea::Plan{
      cap,
      degree,
      views,
      static_cast<size_t>(most_pixels),
      static_cast<size_t>(most_tiles),
      static_cast<size_t>(photo_bytes),
      0};
}

void check_degree(int degree) {
  if (degree < 0 || degree > 3) {
    throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "the degree of the harmonics is 0 to 3"};
  }
}

}  // namespace

FOVEA_DOOR int32_t fovea_splat_version(void) { return FOVEA_SPLAT_VERSION; }

FOVEA_DOOR const char* fovea_splat_error(void) { return words; }

FOVEA_DOOR int32_t fovea_splat_probe(char* name, int32_t size, int64_t* free_bytes) {
  return guarded([&] {
#ifdef __CUDACC__
    int devices = 0;
    cudaError_t result = cudaGetDeviceCount(&devices);
    cudaDeviceProp properties{};
    cudaFuncAttributes attributes{};
    if (result == cudaSuccess && devices > 0) {
      result = cudaGetDeviceProperties(&properties, 0);
    }
    if (result == cudaSuccess && devices > 0) {
      // Fails where no code in here suits the device.
      result = cudaFuncGetAttributes(&attributes, fovea::blend);
    }
    if (result != cudaSuccess || devices == 0) {
      cudaGetLastError();
      throw Failure{
          FOVEA_SPLAT_NO_DEVICE,
          std::string("no usable NVIDIA device: ") +
              (devices == 0 && result == cudaSuccess ? "none found" : cudaGetErrorString(result))};
    }
    std::snprintf(name, size, "%s", properties.name);
#else
    std::snprintf(name, size, "emulated");
#endif
    size_t free = 0;
    size_t all = 0;
    fovea::check(cudaMemGetInfo(&free, &all), "the device's memory");
    *free_bytes = static_cast<int64_t>(free);
  });
}

FOVEA_DOOR int32_t fovea_splat_bytes(
    int32_t cap,
    int32_t degree,
    int32_t views,
    int64_t most_pixels,
    int32_t most_tiles,
    int64_t photo_bytes,
    int64_t slots,
    int64_t* bytes) {
  return guarded([&] {
    *bytes = static_cast<int64_t>(fovea::Trainer::bytes(
        plan(cap, degree, views, most_pixels, most_tiles, photo_bytes), static_cast<size_t>(slots)));
  });
}

FOVEA_DOOR int32_t fovea_splat_create(
    int32_t cap,
    int32_t degree,
    int32_t views,
    int64_t most_pixels,
    int32_t most_tiles,
    int64_t photo_bytes,
    const float* background,
    int32_t visible_only,
    void** out) {
  return guarded([&] {
    *out = nullptr;
    *out = new fovea::Trainer(
        plan(cap, degree, views, most_pixels, most_tiles, photo_bytes),
        {background[0], background[1], background[2]},
        visible_only != 0);
  });
}

FOVEA_DOOR int32_t fovea_splat_photo(
    void* handle,
    int32_t view,
    const float* numbers,
    int32_t width,
    int32_t height,
    const uint8_t* planes) {
  return guarded([&] { trainer(handle).photo(view, camera(numbers, width, height), planes); });
}

FOVEA_DOOR int32_t fovea_splat_write(
    void* handle,
    int32_t what,
    int32_t count,
    const float* means,
    const float* rotations,
    const float* log_scales,
    const float* logits,
    const float* sh0,
    const float* sh_rest) {
  const float* parts[] = {means, rotations, log_scales, logits, sh0, sh_rest};
  return guarded([&] { trainer(handle).write(what, count, parts); });
}

FOVEA_DOOR int32_t fovea_splat_read(
    void* handle,
    int32_t what,
    float* means,
    float* rotations,
    float* log_scales,
    float* logits,
    float* sh0,
    float* sh_rest) {
  float* parts[] = {means, rotations, log_scales, logits, sh0, sh_rest};
  return guarded([&] { trainer(handle).read(what, parts); });
}

FOVEA_DOOR int32_t fovea_splat_step(
    void* handle,
    int32_t view,
    int32_t degree,
    int32_t iteration,
    const float* r,
    int64_t noise_seed) {
  return guarded([&] {
    check_degree(degree);
    const fovea::Rule rule = {
        r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9],
        static_cast<uint64_t>(noise_seed), 0};
    trainer(handle).step(view, degree, iteration, rule, {r[10], r[11]});
  });
}

FOVEA_DOOR int32_t fovea_splat_differentiate(
    void* handle, int32_t view, int32_t degree, int32_t iteration) {
  return guarded([&] {
    check_degree(degree);
    trainer(handle).differentiate(view, degree, iteration);
  });
}

FOVEA_DOOR int32_t fovea_splat_losses(
    void* handle, int32_t from, int32_t count, double* losses, int32_t* left_out) {
  return guarded([&] {
    if (from < 0 || count < 0 || count > fovea::kLosses) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "only the last 256 losses are kept"};
    }
    *left_out = trainer(handle).losses(from, count, losses);
  });
}

FOVEA_DOOR int32_t fovea_splat_refine(
    void* handle, int64_t seed, int32_t* moved, int32_t* count) {
  return guarded([&] { *moved = trainer(handle).refine(static_cast<uint64_t>(seed), count); });
}

FOVEA_DOOR int32_t fovea_splat_render(
    void* handle, const float* numbers, int32_t width, int32_t height, int32_t degree, float* planes) {
  return guarded([&] {
    check_degree(degree);
    trainer(handle).render(camera(numbers, width, height), degree, planes);
  });
}

FOVEA_DOOR int32_t fovea_splat_exposures(
    void* handle, int32_t write, float* values, float* first, float* second) {
  float* parts[] = {values, first, second};
  return guarded([&] { trainer(handle).exposures(write != 0, parts); });
}

FOVEA_DOOR int32_t fovea_splat_usage(void* handle, int64_t* slots, int64_t* bytes) {
  return guarded([&] {
    *slots = static_cast<int64_t>(trainer(handle).slots());
    *bytes = static_cast<int64_t>(trainer(handle).bytes());
  });
}

FOVEA_DOOR void fovea_splat_destroy(void* handle) { delete static_cast<fovea::Trainer*>(handle); }
