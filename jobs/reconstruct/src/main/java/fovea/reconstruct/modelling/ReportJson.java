package fovea.reconstruct.modelling;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fovea.reconstruct.gate.Advice;
import fovea.reconstruct.gate.PhotoVerdict;
import fovea.reconstruct.gate.SessionVerdict;
import fovea.splat.train.Evaluation;
import fovea.splat.train.TrainSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** {@code report.json}. */
final class ReportJson {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ReportJson() {}

  static void write(
      Outcome outcome, TrainSettings settings, List<Evaluation.Result> heldOut, Path file)
      throws IOException {
    ObjectNode root = JSON.createObjectNode();
    root.put("photos", outcome.photos()).put("registered", outcome.registered());
    root.put("used", outcome.used());
    if (outcome.reprojectionErrorPixels().isPresent()) {
      root.put("reprojectionErrorPixels", outcome.reprojectionErrorPixels().getAsDouble());
    } else {
      root.putNull("reprojectionErrorPixels");
    }
    root.put("gaussians", outcome.gaussians()).put("seconds", outcome.seconds());
    root.putObject("heldOut")
        .put("psnr", outcome.psnr())
        .put("ssim", outcome.ssim())
        .put(
            "psnrExposureCompensated",
            heldOut.stream().mapToDouble(Evaluation.Result::compensated).average().orElseThrow());
    ArrayNode views = root.putArray("views");
    for (Evaluation.Result result : heldOut) {
      views
          .addObject()
          .put("name", result.view().name())
          .put("psnr", result.psnr())
          .put("ssim", result.ssim())
          .put("psnrExposureCompensated", result.compensated());
    }
    gate(outcome.gate(), root.putObject("gate"));
    root.put("device", outcome.device());
    root.putObject("settings")
        .put("iterations", settings.iterations())
        .put("cap", settings.cap())
        .put("degree", settings.degree())
        .put("resolution", settings.longest())
        .put("seed", settings.seed());
    ArrayNode warnings = root.putArray("warnings");
    outcome.warnings().forEach(warnings::add);
    ReportFiles.write(file, JSON.writeValueAsString(root) + "\n");
  }

  private static void gate(SessionVerdict verdict, ObjectNode gate) {
    gate.put("usable", verdict.usable()).put("connected", verdict.connected());
    codes(verdict.advice(), gate.putArray("advice"));
    ArrayNode photos = gate.putArray("photos");
    for (PhotoVerdict photo : verdict.photos()) {
      ObjectNode node = photos.addObject().put("name", photo.name());
      node.put("grade", photo.grade().word()).put("sharpness", photo.sharpness());
      node.put("brightest", photo.brightest()).put("burnt", photo.burnt());
      node.put("features", photo.features()).put("neighbours", photo.neighbours());
      codes(photo.advice(), node.putArray("advice"));
    }
  }

  private static void codes(List<Advice> advice, ArrayNode array) {
    advice.forEach(a -> array.add(a.code()));
  }
}
