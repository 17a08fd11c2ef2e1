package fovea.reconstruct.modelling;

import fovea.reconstruct.gate.SessionVerdict;
import fovea.sfm.PoseReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a reconstruction came to.
 *
 * @param photos files that were given as photographs
 * @param registered photographs with a pose and readable pixels
 * @param used those of them that were trained on or judged by; the gate rejected the others
 * @param gate what the gate says of each photograph
 * @param reprojectionErrorPixels of the sparse points; empty where the poses came without
 * @param poses how they were found; empty where they were given
 * @param gaussians in the model
 * @param psnr mean over the held-out views, decibels
 * @param ssim mean over the held-out views
 * @param device what it was trained on
 * @param warnings what was left out and why
 */
public record Outcome(
    int photos,
    int registered,
    int used,
    SessionVerdict gate,
    OptionalDouble reprojectionErrorPixels,
    Optional<PoseReport> poses,
    int gaussians,
    int iterations,
    double seconds,
    double psnr,
    double ssim,
    String device,
    List<String> warnings) {}
