/* The door of the library. Every function but the last two returns 0 or one of the codes below,
 * never throws and never ends the process; fovea_splat_error tells in words what the last failed
 * call of this thread met. A trainer is used by one thread at a time. */
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  FOVEA_SPLAT_OK = 0,
  FOVEA_SPLAT_BAD_ARGUMENT = 1,
  FOVEA_SPLAT_NO_DEVICE = 2,
  FOVEA_SPLAT_NO_MEMORY = 3,
  FOVEA_SPLAT_FAILED = 4
};

/* Raised with every change of a signature: the caller compares. */
#define FOVEA_SPLAT_VERSION 1

/* A camera: world to camera rotation (row-major, 9), translation 3, centre 3, fx fy cx cy near. */
#define FOVEA_SPLAT_CAMERA 20

/* One step's numbers: rates of means, rotations, scales, opacities, sh0 and the other harmonics,
 * each over Adam's first correction; 1 over Adam's second; strength of the noise; weights of the
 * mean opacity and of the mean scale; then, for the photograph's exposure, its rate over Adam's first
 * correction (0: it stays) and 1 over Adam's second, by its own visits. */
#define FOVEA_SPLAT_RULE 12

/* What read and write mean. */
enum {
  FOVEA_SPLAT_VALUES = 0,
  FOVEA_SPLAT_FIRST_MOMENTS = 1,
  FOVEA_SPLAT_SECOND_MOMENTS = 2,
  FOVEA_SPLAT_GRADIENTS = 3
};

/* Name of the device and its free bytes; NO_DEVICE where there is none that can run this. */
int32_t fovea_splat_probe(char* name, int32_t size, int64_t* free_bytes);

/* Bytes on the device of a trainer whose drawings have `slots` (Gaussian, tile) pairs at most. */
int32_t fovea_splat_bytes(int32_t cap, int32_t degree, int32_t views, int64_t most_pixels,
    int32_t most_tiles, int64_t photo_bytes, int64_t slots, int64_t* bytes);

/* A trainer of at most `cap` Gaussians and `views` photographs of at most `most_pixels`
 * and `most_tiles` tiles of 16 x 16.
 * visible_only: 1 leaves Gaussians that a view does not show as they are. */
int32_t fovea_splat_create(int32_t cap, int32_t degree, int32_t views, int64_t most_pixels,
    int32_t most_tiles, int64_t photo_bytes, const float* background, int32_t visible_only, void** trainer);

/* Uploads photograph `view`: planes r g b of bytes. */
int32_t fovea_splat_photo(void* trainer, int32_t view, const float* camera, int32_t width,
    int32_t height, const uint8_t* planes);

/* Replaces all Gaussians or their moments; arrays as in fovea.splat.model.Splats. */
int32_t fovea_splat_write(void* trainer, int32_t what, int32_t count, const float* means,
    const float* rotations, const float* log_scales, const float* logits, const float* sh0,
    const float* sh_rest);

/* The same back; waits for the device. */
int32_t fovea_splat_read(void* trainer, int32_t what, float* means, float* rotations,
    float* log_scales, float* logits, float* sh0, float* sh_rest);

/* Queues one step on a photograph; `iteration` names its place among the losses. The first step
 * on a photograph waits for its drawing to be sorted, later ones wait for nothing. */
int32_t fovea_splat_step(void* trainer, int32_t view, int32_t degree, int32_t iteration,
    const float* rule, int64_t noise_seed);

/* Draws and differentiates photograph `view` without a step; read GRADIENTS then. */
int32_t fovea_splat_differentiate(void* trainer, int32_t view, int32_t degree, int32_t iteration);

/* Waits, then gives absolute difference, SSIM and squared difference, each the mean over pixels
 * and colours, of iterations `from` to `from + count`, of the last 256; and how many steps were
 * left out since the start, because a drawing outgrew its room (the room is then made). */
int32_t fovea_splat_losses(
    void* trainer, int32_t from, int32_t count, double* losses, int32_t* left_out);

/* Moves dead Gaussians and grows by a twentieth up to the cap; draws from `seed`. Waits. */
int32_t fovea_splat_refine(void* trainer, int64_t seed, int32_t* moved, int32_t* count);

/* Draws: planes r g b of floats; waits. */
int32_t fovea_splat_render(void* trainer, const float* camera, int32_t width, int32_t height,
    int32_t degree, float* planes);

/* Exposures of all photographs, six numbers each (log gain r g b, offset r g b), and their moments:
 * into the arrays, or from them where `write` is 1. They begin at zero. */
int32_t fovea_splat_exposures(
    void* trainer, int32_t write, float* values, float* first, float* second);

/* Slots of the last drawing, and bytes on the device now. */
int32_t fovea_splat_usage(void* trainer, int64_t* slots, int64_t* bytes);

int32_t fovea_splat_version(void);
void fovea_splat_destroy(void* trainer);
const char* fovea_splat_error(void);

#ifdef __cplusplus
}
#endif
