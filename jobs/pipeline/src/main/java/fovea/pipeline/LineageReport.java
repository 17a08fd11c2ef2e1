package fovea.pipeline;

import fovea.contract.errors.CallerMistake;
import fovea.contract.settings.Setting;
import fovea.runtime.Csv;
import fovea.runtime.JobContext;
import fovea.train.TrainingLineage;
import fovea.train.TrainingLineage.Member;
import fovea.train.models.PartCount;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lineage from either end.
 *
 * @param run whose images; empty: asked from the other end
 * @param out a file, or {@code -}
 */
record LineageReport(
    Optional<UUID> run, Optional<String> image, Optional<String> patient, Optional<String> out) {
  private static final Setting<Optional<String>> IMAGE =
      Setting.optional("image", "lineage: the models that used this image");
  private static final Setting<Optional<String>> PATIENT =
      Setting.optional("patient", "lineage: the models that used images of this pseudonym");
  private static final Setting<Optional<String>> OUT =
      Setting.optional("out", "lineage of a run: every image as a line of this CSV file; - prints");

  static final List<Setting<?>> SETTINGS = List.of(Runs.RUN, IMAGE, PATIENT, OUT);

  static LineageReport asked(Command.Invocation invocation) {
    Optional<String> image = invocation.values().value(IMAGE);
    Optional<String> patient = invocation.values().value(PATIENT);
    boolean ofRun =
        invocation.operands().size() > 1 || invocation.values().value(Runs.RUN).isPresent();
    if (Stream.of(ofRun, image.isPresent(), patient.isPresent()).filter(b -> b).count() != 1) {
      throw new CallerMistake(
          "bad-lineage",
          "lineage begins at one thing",
          "Give --run RUN, --image ID or --patient ID");
    }
    return new LineageReport(
        ofRun ? Optional.of(Runs.asked(invocation)) : Optional.empty(),
        image,
        patient,
        invocation.values().value(OUT));
  }

  void print(JobContext context, PrintStream to) {
    TrainingLineage lineage = TrainingLineage.in(context);
    if (run.isPresent()) {
      ofRun(context, lineage, run.get(), to);
      return;
    }
    var uses = image.map(lineage::ofImage).orElseGet(() -> lineage.ofPatient(patient.orElse("")));
    to.println(ModelTables.uses(uses, context.registry().trainedModels()));
    to.println("(" + uses.size() + " models)");
  }

  private void ofRun(JobContext context, TrainingLineage lineage, UUID id, PrintStream to) {
    context.registry().trainedModels().known(id);
    List<PartCount> parts = lineage.counts(id);
    long images = parts.stream().mapToLong(PartCount::images).sum();
    if (out.isPresent()) {
      write(lineage.members(id, images), to);
    }
    if (!toStandardOut()) {
      to.println(ModelTables.parts(parts));
      out.ifPresent(file -> to.println(images + " images listed in " + file));
    }
  }

  private void write(Iterator<Member> members, PrintStream to) {
    try (Writer file = toStandardOut() ? Writer.nullWriter() : opened()) {
      lines(members, toStandardOut() ? to : file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private boolean toStandardOut() {
    return out.filter("-"::equals).isPresent();
  }

  private Writer opened() {
    Path file = Path.of(out.orElseThrow());
    try {
      return Files.newBufferedWriter(file);
    } catch (IOException unwritable) {
      throw new CallerMistake(
          "unwritable",
          "cannot write " + file + ": " + unwritable,
          "Name a file in a folder of yours");
    }
  }

  private static void lines(Iterator<Member> members, Appendable to) throws IOException {
    to.append("part,image_id,patient_id,organization_id\n");
    while (members.hasNext()) {
      Member member = members.next();
      String[] cells = {
        member.part(), member.image(), member.patient().orElse(""), member.organization().orElse("")
      };
      to.append(Stream.of(cells).map(Csv::cell).collect(Collectors.joining(",", "", "\n")));
    }
  }
}
