// A host that plays a CUDA device, so that the same kernels can be checked without one. Blocks run
// one after the other; the threads of a block that wait for each other are fibers. A kernel whose
// lanes diverge at a barrier, which a device answers with a hang or with garbage, ends here.
#pragma once

#include <csetjmp>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <memory>
#include <vector>

#include <ucontext.h>

#define __global__
#define __device__
#define __host__
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __shared__ static
#define __restrict__ __restrict

struct float2 { float x, y; };
struct alignas(16) float4 { float x, y, z, w; };
struct alignas(8) ushort4 { unsigned short x, y, z, w; };
struct alignas(8) uint2 { unsigned x, y; };
struct dim3 { unsigned x = 1, y = 1, z = 1; };
inline float2 make_float2(float x, float y) { return {x, y}; }
inline float4 make_float4(float x, float y, float z, float w) { return {x, y, z, w}; }
inline ushort4 make_ushort4(unsigned short x, unsigned short y, unsigned short z, unsigned short w) {
  return {x, y, z, w};
}
inline uint2 make_uint2(unsigned x, unsigned y) { return {x, y}; }

static dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace emulated {

enum class State { ready, warp, block, done };

struct Fiber {
  ucontext_t entry;
  jmp_buf at;
  std::unique_ptr<char[]> stack;
  bool started = false;
  State state = State::done;
  int exchanges = 0;
  int barriers = 0;
};

constexpr int kStack = 128 << 10;
constexpr int kLanes = 32;
constexpr int kSlot = 64;

static std::vector<std::unique_ptr<Fiber>> fibers;
static std::vector<char> slots;  // [thread][parity][kSlot]
static int counts[3];
static int current;
static jmp_buf scheduler;
static std::function<void()>* body;

[[noreturn]] inline void broken(const char* what) {
  std::fprintf(stderr, "emulated device: %s\n", what);
  std::abort();
}

inline int lane() { return static_cast<int>(threadIdx.x) % kLanes; }

inline void pause(State why) {
  Fiber& own = *fibers[current];
  own.state = why;
  if (!_setjmp(own.at)) {
    _longjmp(scheduler, 1);
  }
}

inline void live() {
  for (;;) {
    (*body)();
    pause(State::done);
  }
}

inline void resume(int thread) {
  current = thread;
  threadIdx.x = thread;
  Fiber& own = *fibers[thread];
  if (!_setjmp(scheduler)) {
    if (own.started) {
      _longjmp(own.at, 1);
    }
    own.started = true;
    setcontext(&own.entry);
  }
}

inline void need(int threads) {
  while (static_cast<int>(fibers.size()) < threads) {
    auto fiber = std::make_unique<Fiber>();
    fiber->stack = std::make_unique<char[]>(kStack);
    getcontext(&fiber->entry);
    fiber->entry.uc_stack.ss_sp = fiber->stack.get();
    fiber->entry.uc_stack.ss_size = kStack;
    fiber->entry.uc_link = nullptr;
    makecontext(&fiber->entry, live, 0);
    fibers.push_back(std::move(fiber));
  }
  slots.resize(static_cast<size_t>(threads) * 2 * kSlot);
}

/// Lets a warp run until each lane waits for the block or is done.
inline void run_warp(int first, int end) {
  for (;;) {
    int waiting = 0;
    for (int t = first; t < end; t++) {
      if (fibers[t]->state == State::ready) {
        resume(t);
      }
      waiting += fibers[t]->state == State::warp;
    }
    if (waiting == 0) {
      return;
    }
    if (waiting != end - first) {
      broken("the lanes of a warp parted at a barrier");
    }
    for (int t = first; t < end; t++) {
      fibers[t]->state = State::ready;
    }
  }
}

inline void run_block(int threads) {
  for (int t = 0; t < threads; t++) {
    fibers[t]->state = State::ready;
    fibers[t]->barriers = 0;
  }
  std::memset(counts, 0, sizeof counts);
  for (int barrier = 0;; barrier++) {
    int waiting = 0;
    for (int t = 0; t < threads; t += kLanes) {
      run_warp(t, t + kLanes);
    }
    for (int t = 0; t < threads; t++) {
      waiting += fibers[t]->state == State::block;
    }
    if (waiting == 0) {
      return;
    }
    counts[(barrier + 2) % 3] = 0;
    for (int t = 0; t < threads; t++) {
      if (fibers[t]->state == State::block) {
        if (fibers[t]->barriers != barrier + 1) {
          broken("threads of a block stand at different barriers");
        }
        fibers[t]->state = State::ready;
      }
    }
  }
}

template <class Kernel>
void team(int blocks, int threads, Kernel kernel) {
  if (threads % kLanes != 0) {
    broken("a block is made of whole warps");
  }
  std::function<void()> run = kernel;
  body = &run;
  need(threads);
  gridDim.x = blocks;
  blockDim.x = threads;
  for (int b = 0; b < blocks; b++) {
    blockIdx.x = b;
    run_block(threads);
  }
}

template <class Kernel>
void flat(int blocks, int threads, Kernel kernel) {
  gridDim.x = blocks;
  blockDim.x = threads;
  for (int b = 0; b < blocks; b++) {
    blockIdx.x = b;
    for (int t = 0; t < threads; t++) {
      threadIdx.x = t;
      kernel();
    }
  }
}

/// What lane `source` of the warp brought to the same exchange.
template <class T>
T exchange(T value, int source) {
  static_assert(sizeof(T) <= kSlot, "fits its place");
  const int thread = current;
  const int parity = fibers[thread]->exchanges++ & 1;
  std::memcpy(&slots[(2 * thread + parity) * kSlot], &value, sizeof(T));
  pause(State::warp);
  const int other = thread / kLanes * kLanes + source;
  T out;
  std::memcpy(&out, &slots[(2 * other + parity) * kSlot], sizeof(T));
  return out;
}

inline int barrier(int count) {
  const int number = fibers[current]->barriers++;
  counts[number % 3] += count;
  pause(State::block);
  return counts[number % 3];
}

}  // namespace emulated

#define FOVEA_LAUNCH(kernel, blocks, threads, stream, ...) \
  emulated::flat((blocks), (threads), [&] { kernel(__VA_ARGS__); })
#define FOVEA_LAUNCH_TEAM(kernel, blocks, threads, stream, ...) \
  emulated::team((blocks), (threads), [&] { kernel(__VA_ARGS__); })

inline void __syncthreads() { emulated::barrier(0); }
inline int __syncthreads_count(int predicate) { return emulated::barrier(predicate != 0); }
inline void __syncwarp() { emulated::pause(emulated::State::warp); }

template <class T>
T atomicAdd(T* to, T value) {
  T old = *to;
  *to += value;
  return old;
}
template <class T>
T atomicMax(T* to, T value) {
  T old = *to;
  *to = old > value ? old : value;
  return old;
}
inline float __expf(float x) { return std::exp(x); }
inline float __fdividef(float a, float b) { return a / b; }
inline unsigned __float_as_uint(float f) {
  unsigned u;
  std::memcpy(&u, &f, 4);
  return u;
}
using std::isfinite;
using std::max;
using std::min;

// The runtime, as far as it is used. Memory is filled with garbage: a device does not clear it.
using cudaError_t = int;
using cudaStream_t = void*;
using cudaEvent_t = double*;
constexpr int cudaSuccess = 0;
constexpr int cudaErrorMemoryAllocation = 2;
enum cudaMemcpyKind { cudaMemcpyHostToDevice, cudaMemcpyDeviceToHost, cudaMemcpyDeviceToDevice };
inline cudaError_t cudaMalloc(void** out, size_t size) {
  *out = std::aligned_alloc(256, (size + 255) / 256 * 256);
  if (*out == nullptr) {
    return cudaErrorMemoryAllocation;
  }
  std::memset(*out, 0xff, size);
  return cudaSuccess;
}
inline cudaError_t cudaFree(void* p) { return std::free(p), cudaSuccess; }
inline cudaError_t cudaMemcpyAsync(
    void* to, const void* from, size_t size, cudaMemcpyKind, cudaStream_t) {
  return std::memcpy(to, from, size), cudaSuccess;
}
inline cudaError_t cudaMemsetAsync(void* to, int value, size_t size, cudaStream_t) {
  return std::memset(to, value, size), cudaSuccess;
}
inline cudaError_t cudaStreamCreate(cudaStream_t* s) { return *s = nullptr, cudaSuccess; }
inline cudaError_t cudaStreamDestroy(cudaStream_t) { return cudaSuccess; }
inline cudaError_t cudaStreamSynchronize(cudaStream_t) { return cudaSuccess; }
inline cudaError_t cudaGetLastError() { return cudaSuccess; }
inline cudaError_t cudaSetDevice(int) { return cudaSuccess; }
inline cudaError_t cudaMemGetInfo(size_t* free, size_t* total) {
  return *free = *total = size_t(2) << 30, cudaSuccess;
}
inline const char* cudaGetErrorString(cudaError_t e) {
  return e == cudaErrorMemoryAllocation ? "out of memory" : "no error";
}
