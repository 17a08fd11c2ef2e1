// The loop of training as launches on one stream. The host waits for the device only where it must
// know a number: on the first sight of a photograph, for the losses, and to refine.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <vector>

#include "blend.cuh"
#include "mcmc.cuh"
#include "memory.cuh"
#include "sort.cuh"

namespace fovea {

/// How a step moves its photograph's exposure; rate 0: not at all.
struct ExposureRule {
  float rate;
  float square_scale;
};

/// A photograph on the device.
struct Photo {
  Camera camera{};
  size_t at = 0;
  size_t size = 0;
  int known = -1;  // slots when last heard of
};

inline Window window() {
  Window out;
  double sum = 0;
  for (int d = -kRadius; d <= kRadius; d++) {
    sum += std::exp(-d * d / 4.5);
  }
  for (int d = 0; d <= kRadius; d++) {
    out.w[d] = static_cast<float>(std::exp(-d * d / 4.5) / sum);
  }
  return out;
}

class Trainer {
 public:
  Trainer(const Plan& plan, Background background, bool visible_only)
      : plan_(plan), background_(background), visible_only_(visible_only), photos_(plan.views) {
    plan_.scratch = fixed_scratch(plan);
    lay_out(fixed_arena_, plan_, f_);
    fixed_arena_.allocate(fixed_arena_.used());
    lay_out(fixed_arena_, plan_, f_);
    clear(f_.status, 1);
    clear(f_.of_view, plan_.views);
    for (float* each : f_.exposures) {
      clear(each, kExposure * static_cast<size_t>(plan_.views));
    }
    // Overflowing drawings wait for more room; most never do.
    reserve(static_cast<size_t>(kSlotsAtFirst) * plan_.cap + 16 * plan_.tiles);
  }

  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;

  static size_t bytes(Plan plan, size_t slots) {
    Arena counter;
    Fixed f;
    Slots s;
    // What CUB asks for is known on a device only: less than a byte and a half for each key.
    plan.scratch = 2 * static_cast<size_t>(plan.cap) + (1 << 20);
    lay_out(counter, plan, f);
    const size_t fixed = counter.used();
    lay_out(counter, slots, plan.tiles, 2 * slots + (1 << 20), s);
    return fixed + counter.used();
  }

  void photo(int view, const Camera& camera, const uint8_t* planes) {
    Photo& own = photos_.at(view);
    const size_t size = 3 * static_cast<size_t>(camera.width) * camera.height;
    need_picture(camera);
    if (own.size != size) {
      if (photo_bytes_ + size > plan_.photo_bytes) {
        throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "more photographs than were announced"};
      }
      own.at = photo_bytes_;
      own.size = size;
      photo_bytes_ += size;
    }
    own.camera = camera;
    own.known = -1;
    check(
        cudaMemcpyAsync(f_.photos + own.at, planes, size, cudaMemcpyHostToDevice, stream_),
        "a photograph");
    wait();
  }

  void write(int what, int count, const float* const* parts) {
    if (count < 1 || count > plan_.cap) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "the number of Gaussians is outside 1 to the cap"};
    }
    const int stride = plan_.stride();
    std::vector<float> staged(4 * static_cast<size_t>(stride) * planes(plan_.degree), 0.f);
    each_float(count, [&](int part, size_t from, size_t to) { staged[to] = parts[part][from]; });
    check(
        cudaMemcpyAsync(
            set(what), staged.data(), staged.size() * sizeof(float), cudaMemcpyHostToDevice, stream_),
        "the Gaussians");
    wait();
    count_ = count;
  }

  void read(int what, float* const* parts) {
    std::vector<float> staged(4 * static_cast<size_t>(plan_.stride()) * planes(plan_.degree));
    check(
        cudaMemcpyAsync(
            staged.data(), set(what), staged.size() * sizeof(float), cudaMemcpyDeviceToHost, stream_),
        "the Gaussians");
    wait();
    each_float(count_, [&](int part, size_t at, size_t from) { parts[part][at] = staged[from]; });
  }

  void step(int view, int degree, int iteration, Rule rule, ExposureRule exposure) {
    Photo& photo = seen(view, degree, iteration, exposure);
    rule.visible_only = visible_only_;
    const Adam adam = {f_.splats, f_.firsts, f_.seconds, rule.square_scale};
    with_degree(degree, [&](auto d) { apply<decltype(d)::value>(photo.camera, rule, adam); });
  }

  void differentiate(int view, int degree, int iteration) {
    photos_.at(view).known = -1;
    const Photo& photo = seen(view, degree, iteration, {0, 0});
    if (gradients_.size() == 0) {
      gradients_.allocate(sizeof(float4) * planes(plan_.degree) * plan_.stride());
    }
    gradients_.rewind();
    float4* gradients = nullptr;
    gradients_.take(gradients, planes(plan_.degree) * static_cast<size_t>(plan_.stride()));
    clear(gradients, planes(plan_.degree) * static_cast<size_t>(plan_.stride()));
    const Reveal reveal = {gradients};
    with_degree(degree, [&](auto d) {
      apply<decltype(d)::value>(photo.camera, Rule{}, reveal);
    });
    wait();
  }

  int losses(int from, int count, double* out) {
    std::vector<Sums> ring(kLosses);
    std::vector<int> slots(plan_.views);
    const Status status = look();
    copy_back(ring.data(), f_.losses, kLosses);
    copy_back(slots.data(), f_.of_view, plan_.views);
    wait();
    for (int k = 0; k < count; k++) {
      const Sums& sums = ring[(from + k) % kLosses];
      out[3 * k] = sums.absolute;
      out[3 * k + 1] = sums.similar;
      out[3 * k + 2] = sums.square;
    }
    for (int v = 0; v < plan_.views; v++) {
      if (photos_[v].known >= 0) {
        photos_[v].known = slots[v];
      }
    }
    return status.skipped;
  }

  int refine(uint64_t seed, int* count) {
    const int moved = weigh_all();
    const Copies all = copies();
    if (status_.weight == 0) {
      *count = count_;
      return 0;
    }
    spawn(all, moved, f_.targets, seed, 0);
    const int grown = static_cast<int>(
        std::min<double>(plan_.cap, std::ceil(count_ * static_cast<double>(kGrowth))));
    weigh_all();
    spawn(all, grown - count_, nullptr, seed, moved);
    count_ = grown;
    *count = grown;
    return moved;
  }

  void exposures(bool write, float* const* parts) {
    const size_t size = kExposure * static_cast<size_t>(plan_.views);
    for (int k = 0; k < 3; k++) {
      if (write) {
        check(
            cudaMemcpyAsync(
                f_.exposures[k], parts[k], size * sizeof(float), cudaMemcpyHostToDevice, stream_),
            "the exposures");
      } else {
        copy_back(parts[k], f_.exposures[k], size);
      }
    }
    wait();
  }

  void render(const Camera& camera, int degree, float* out) {
    need_picture(camera);
    draw(camera, degree, kUnknown, nullptr, false);
    copy_back(out, f_.image, 3 * static_cast<size_t>(camera.width) * camera.height);
    wait();
  }

  size_t slots() { return look().slots; }
  size_t bytes() const { return fixed_arena_.size() + slot_arena_.size() + gradients_.size(); }

 private:
  static constexpr int kUnknown = -1;
  static constexpr int kSlotsAtFirst = 4;
  static constexpr double kGrowth = 1.05;

  /// A drawing of a known view may have this many times its last slots.
  static constexpr double kHeadroom = 1.25;

  static size_t fixed_scratch(const Plan& plan) {
    const int n = plan.stride();
    Pairs none{};
    size_t sort = 0, ints = 0, longs = 0;
    check(sort_pairs(nullptr, sort, none, n, 32, nullptr), "sorting");
    check(sums_before(nullptr, ints, nullptr, nullptr, n + 1, nullptr), "sums");
    check(sums_up_to(nullptr, longs, nullptr, nullptr, n, nullptr), "sums");
    size_t tiles = 0;
    check(
        sums_before(nullptr, tiles, nullptr, nullptr, static_cast<int>(plan.tiles) + 1, nullptr),
        "sums");
    return std::max(std::max(sort, tiles), std::max(ints, longs));
  }

  static int bits(int most) {
    int out = 1;
    while (most >> out != 0) {
      out++;
    }
    return out;
  }

  template <class Use>
  static void with_degree(int degree, Use use) {
    switch (degree) {
      case 0: return use(std::integral_constant<int, 0>{});
      case 1: return use(std::integral_constant<int, 1>{});
      case 2: return use(std::integral_constant<int, 2>{});
      default: return use(std::integral_constant<int, 3>{});
    }
  }

  void need_picture(const Camera& camera) const {
    if (static_cast<size_t>(camera.width) * camera.height > plan_.pixels ||
        static_cast<size_t>(camera.tiles()) > plan_.tiles) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "a picture is larger than was announced"};
    }
  }

  // part: means, rotations, scales, logits, sh0, shRest; a float's place there and in the planes.
  template <class Move>
  void each_float(int count, Move move) const {
    const size_t stride = plan_.stride();
    const int rest = 3 * functions(plan_.degree) - 3;
    for (size_t i = 0; i < static_cast<size_t>(count); i++) {
      const auto at = [&](int plane, int k) { return 4 * (plane * stride + i) + k; };
      for (int k = 0; k < 3; k++) {
        move(0, 3 * i + k, at(kMean, k));
        move(2, 3 * i + k, at(kScale, k));
        move(4, 3 * i + k, at(kHarmonics, k));
      }
      for (int k = 0; k < 4; k++) {
        move(1, 4 * i + k, at(kRotation, k));
      }
      move(3, i, at(kMean, 3));
      for (int k = 0; k < rest; k++) {
        move(5, rest * i + k, at(kHarmonics + (k + 3) / 4, (k + 3) % 4));
      }
    }
  }

  float4* set(int what) {
    switch (what) {
      case FOVEA_SPLAT_VALUES: return f_.splats;
      case FOVEA_SPLAT_FIRST_MOMENTS: return f_.firsts;
      case FOVEA_SPLAT_SECOND_MOMENTS: return f_.seconds;
      default: break;
    }
    if (what != FOVEA_SPLAT_GRADIENTS || gradients_.size() == 0) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "there is no such set of numbers"};
    }
    float4* out = nullptr;
    gradients_.rewind();
    gradients_.take(out, 1);
    return out;
  }

  void wait() { check(cudaStreamSynchronize(stream_), "the device"); }
  void launched(const char* what) { check(cudaGetLastError(), what); }

  template <class T>
  void clear(T* at, size_t count) {
    check(cudaMemsetAsync(at, 0, count * sizeof(T), stream_), "clearing");
  }

  template <class T>
  void copy_back(T* to, const T* from, size_t count) {
    check(
        cudaMemcpyAsync(to, from, count * sizeof(T), cudaMemcpyDeviceToHost, stream_), "reading back");
  }

  const Status& look() {
    copy_back(&status_, f_.status, 1);
    wait();
    return status_;
  }

  void reserve(size_t slots) {
    if (slots > 0x7fffffff) {
      throw Failure{FOVEA_SPLAT_NO_MEMORY, "a drawing has more than 2^31 pairs of Gaussian and tile"};
    }
    wait();
    Pairs none{};
    slot_scratch_ = 0;
    check(sort_pairs(nullptr, slot_scratch_, none, static_cast<int>(slots), 32, nullptr), "sorting");
    lay_out(slot_arena_, slots, plan_.tiles, slot_scratch_, s_);
    const size_t size = slot_arena_.used();
    slot_arena_.allocate(size);
    lay_out(slot_arena_, slots, plan_.tiles, slot_scratch_, s_);
    room_ = slots;
  }

  /// Draws; `known` slots or kUnknown, which waits and then makes room for all of them.
  void draw(const Camera& camera, int degree, int known, int* of_view, bool keep) {
    if (count_ == 0) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "there are no Gaussians yet"};
    }
    const int n = count_;
    const int stride = plan_.stride();
    const int tiles = camera.tiles();
    const int across = camera.across();
    with_degree(degree, [&](auto d) {
      const auto kernel = project<decltype(d)::value>;
      FOVEA_LAUNCH(
          kernel, ceil_div(n, 256), 256, stream_, camera, f_.splats, stride, n, f_.packed, f_.boxes,
          f_.touched, f_.depth_keys[0], f_.depth_values[0]);
    });
    Pairs depths{{f_.depth_keys[0], f_.depth_keys[1]}, {f_.depth_values[0], f_.depth_values[1]}};
    size_t scratch = plan_.scratch;
    check(sort_pairs(f_.scratch, scratch, depths, n, 32, stream_), "sorting by depth");
    FOVEA_LAUNCH(
        count_in_order, ceil_div(n + 1, 256), 256, stream_, depths.sorted(), f_.touched, n,
        f_.in_order);
    check(sums_before(f_.scratch, scratch, f_.in_order, f_.offsets, n + 1, stream_), "counting");
    size_t room = 0;
    if (known == kUnknown) {
      int slots = 0;
      copy_back(&slots, f_.offsets + n, 1);
      wait();
      room = slots;
    } else {
      room = static_cast<size_t>(kHeadroom * known) + 4096;
    }
    if (room > room_) {
      reserve(room + room / 4);
    }
    const int most = static_cast<int>(std::max<size_t>(1, room));
    FOVEA_LAUNCH(take_stock, 1, 1, stream_, f_.offsets + n, most, of_view, f_.status);
    FOVEA_LAUNCH(
        list_entries, ceil_div(n, 256), 256, stream_, depths.sorted(), f_.offsets, f_.touched,
        f_.boxes, f_.packed, stride, n, across, most, f_.entries, s_.tiles[0], s_.numbers[0],
        s_.owners);
    FOVEA_LAUNCH(
        pad_entries, ceil_div(most, 256), 256, stream_, f_.status, most,
        static_cast<uint32_t>(tiles), s_.tiles[0], s_.numbers[0]);
    slots_ = Pairs{{s_.tiles[0], s_.tiles[1]}, {s_.numbers[0], s_.numbers[1]}};
    scratch = slot_scratch_;
    check(sort_pairs(s_.scratch, scratch, slots_, most, bits(tiles), stream_), "sorting by tile");
    clear(f_.ranges, tiles);
    FOVEA_LAUNCH(
        find_ranges, ceil_div(most, 256), 256, stream_, slots_.sorted_keys(), slots_.sorted(),
        s_.owners, f_.status, most, f_.ranges, s_.gaussians);
    if (keep) {
      FOVEA_LAUNCH(
          count_buckets, ceil_div(tiles + 1, 256), 256, stream_, f_.ranges, tiles, f_.buckets);
      scratch = plan_.scratch;
      check(
          sums_before(f_.scratch, scratch, f_.buckets, f_.first_buckets, tiles + 1, stream_),
          "counting");
    }
    FOVEA_LAUNCH_TEAM(
        blend, tiles, kPixels, stream_, camera, background_, f_.packed, stride, f_.ranges,
        s_.gaussians, f_.first_buckets, f_.image, keep ? s_.states : nullptr, s_.bucket_tiles,
        f_.lasts, f_.reach);
    launched("drawing");
    drawn_ = most;
  }

  /// Draws a photograph's view, compares, and leaves each Gaussian's sums.
  Photo& seen(int view, int degree, int iteration, ExposureRule rule) {
    Photo& photo = photos_.at(view);
    if (photo.size == 0) {
      throw Failure{FOVEA_SPLAT_BAD_ARGUMENT, "there is no such photograph"};
    }
    const Camera& c = photo.camera;
    const int tiles = c.tiles();
    draw(c, degree, photo.known, f_.of_view + view, true);
    if (photo.known == kUnknown) {
      photo.known = drawn_;
    }
    const uint8_t* bytes = f_.photos + photo.at;
    const Window w = window();
    const bool exposed = rule.rate > 0;
    const Exposure exposure = {f_.exposures[0] + kExposure * view};
    FOVEA_LAUNCH_TEAM(
        compare, 3 * tiles, kPixels, stream_, c.width, c.height, w, exposure, f_.image, bytes,
        f_.partials, f_.block_sums);
    FOVEA_LAUNCH_TEAM(
        total, 1, kPixels, stream_, f_.block_sums, 3 * tiles,
        1.0 / (3.0 * c.width * c.height), f_.losses + iteration % kLosses);
    FOVEA_LAUNCH_TEAM(
        wish, tiles, kPixels, stream_, c.width, c.height, w, exposure, f_.image, bytes,
        f_.partials, f_.wishes, exposed ? f_.exposure_pulls : nullptr);
    if (exposed) {
      FOVEA_LAUNCH_TEAM(
          expose, 1, kPixels, stream_, f_.exposure_pulls, tiles, view, plan_.views, rule.rate,
          rule.square_scale, f_.status, f_.exposures[0], f_.exposures[1], f_.exposures[2]);
    }
    FOVEA_LAUNCH_TEAM(
        pull_back, ceil_div(drawn_ / kWarp + tiles, 4), 128, stream_, c, f_.packed,
        plan_.stride(), f_.ranges, s_.gaussians, slots_.sorted(), f_.first_buckets, s_.bucket_tiles,
        s_.states, f_.lasts, f_.reach, f_.wishes, s_.pulls);
    FOVEA_LAUNCH_TEAM(
        collect, ceil_div(count_, 256 / 8), 256, stream_, f_.entries, f_.touched, s_.pulls, f_.status,
        count_, plan_.stride(), f_.sums);
    launched("differentiating");
    return photo;
  }

  template <int D, class Sink>
  void apply(const Camera& camera, const Rule& rule, const Sink& sink) {
    const auto kernel = update<D, Sink>;
    FOVEA_LAUNCH(
        kernel, ceil_div(count_, 128), 128, stream_, camera, rule, sink, f_.splats, plan_.stride(),
        count_, f_.packed, f_.touched, f_.sums, f_.status);
    launched("updating");
  }

  Copies copies() const {
    return {f_.splats, f_.firsts, f_.seconds, plan_.stride(), planes(plan_.degree)};
  }

  /// Weights, their sums and the list of the dead; how many those are.
  int weigh_all() {
    const int n = count_;
    size_t scratch = plan_.scratch;
    FOVEA_LAUNCH(
        weigh, ceil_div(n + 1, 256), 256, stream_, f_.splats, plan_.stride(), n, f_.weights, f_.dead,
        f_.copies);
    check(sums_before(f_.scratch, scratch, f_.dead, f_.dead_before, n + 1, stream_), "counting");
    check(sums_up_to(f_.scratch, scratch, f_.weights, f_.weight_sums, n, stream_), "weighing");
    FOVEA_LAUNCH(
        list_dead, ceil_div(n, 256), 256, stream_, f_.dead_before, f_.weight_sums, n, f_.targets,
        f_.status);
    launched("weighing");
    return look().dead;
  }

  /// Without a list the targets come after the last Gaussian.
  void spawn(const Copies& all, int count, const int* targets, uint64_t seed, int drawn) {
    if (count == 0) {
      return;
    }
    FOVEA_LAUNCH(
        draw_sources, ceil_div(count, 256), 256, stream_, f_.weight_sums, count_, count, seed,
        static_cast<uint64_t>(drawn), f_.sources, f_.copies);
    FOVEA_LAUNCH(share, ceil_div(count_, 256), 256, stream_, all, count_, f_.copies);
    FOVEA_LAUNCH(
        settle, ceil_div(count, 256), 256, stream_, all, count, f_.sources, targets, count_);
    launched("moving");
  }

  Plan plan_;
  Background background_;
  bool visible_only_;
  std::vector<Photo> photos_;
  Arena fixed_arena_, slot_arena_, gradients_;
  Fixed f_{};
  Slots s_{};
  Pairs slots_{};
  Status status_{};
  size_t room_ = 0;
  size_t slot_scratch_ = 0;
  size_t photo_bytes_ = 0;
  int drawn_ = 0;
  int count_ = 0;
  // Last, so that it ends first: it waits for work that uses the memory above.
  Stream queue_;
  cudaStream_t stream_ = queue_.get();
};

}  // namespace fovea
