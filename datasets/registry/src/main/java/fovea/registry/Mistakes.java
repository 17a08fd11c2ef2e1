package fovea.registry;

import fovea.contract.errors.CallerMistake;
import fovea.contract.model.ModelState;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.JdbiException;
import org.postgresql.util.PSQLException;

/** The registry's refusals, each with its stable code. */
final class Mistakes {
  private Mistakes() {}

  /** Also for what exists in another organisation: nobody learns that it does. */
  static CallerMistake unknown(String what) {
    return new CallerMistake(
        "not-found", "there is no such " + what, "Check the id; it must be of your organisation");
  }

  static CallerMistake sessionClosed(String status) {
    return new CallerMistake(
        "session-closed",
        "the session is " + status + " and takes no more files",
        "Make a new session for further photographs");
  }

  static CallerMistake sessionNotFailed(String status) {
    return new CallerMistake(
        "session-not-failed",
        "the session is " + status + ", and only one that failed is made again",
        "Wait for its end, or make a new session");
  }

  static CallerMistake versionTaken() {
    return new CallerMistake(
        "version-taken",
        "another model was registered meanwhile",
        "Ask again for the next version");
  }

  static CallerMistake nameTaken(String name) {
    return new CallerMistake(
        "name-taken",
        "the session has another file called " + name,
        "Use another name, or send the same sha256 to ask whether it is the same file");
  }

  static CallerMistake tooManyFiles(String kind, int most) {
    return new CallerMistake(
        "too-many-files",
        "a session takes at most " + most + " files of kind " + kind,
        "Submit the session as it is, or make another");
  }

  static CallerMistake uploadsIncomplete(int pending) {
    return new CallerMistake(
        "uploads-incomplete",
        pending + " files of the session were asked for but not completed",
        "PUT each file to its upload URL and complete it, then submit again");
  }

  static CallerMistake sessionEmpty() {
    return new CallerMistake(
        "session-empty", "the session has no photograph", "Upload photographs, then submit");
  }

  /** Where the database's own rule of quotas refused, which its SQL state tells. */
  static Optional<CallerMistake> quotaExceeded(JdbiException failed) {
    return failed.getCause() instanceof PSQLException refused
            && "FQ001".equals(refused.getSQLState())
            && refused.getServerErrorMessage() != null
        ? Optional.of(
            new CallerMistake(
                "quota-exceeded",
                String.valueOf(refused.getServerErrorMessage().getMessage()),
                "Remove what is no longer needed, or ask the operator for more room"))
        : Optional.empty();
  }

  static CallerMistake keyReused() {
    return new CallerMistake(
        "key-reused",
        "the Idempotency-Key came with another request before",
        "Make up a new key for every request that is not a repetition");
  }

  static CallerMistake requestInProgress() {
    return new CallerMistake(
        "request-in-progress",
        "a request with this Idempotency-Key is being done",
        "Send it again in a second for its answer");
  }

  static CallerMistake referenceTaken() {
    return new CallerMistake(
        "reference-taken",
        "another patient has this externalReference",
        "Correct the reference, or work with the other patient");
  }

  static CallerMistake patientHasData() {
    return new CallerMistake(
        "patient-has-data",
        "the patient has images or measurements, which research may have seen",
        "Record a withdrawn consent, and have the patient erased");
  }

  static CallerMistake emailTaken() {
    return new CallerMistake(
        "name-taken",
        "the organisation has another user of this email",
        "Enable that one, or delete it first");
  }

  static CallerMistake lastAdmin() {
    return new CallerMistake(
        "last-admin",
        "the organisation would be left without an admin",
        "Make another user admin first");
  }

  static CallerMistake secondFactorKept() {
    return new CallerMistake(
        "second-factor-kept",
        "there is a second factor already",
        "Take it away first, with a code of it");
  }

  static CallerMistake noSuchModel(UUID run) {
    return new CallerMistake(
        "no-such-model",
        "there is no trained model " + run,
        "./fovea models list shows those there are");
  }

  static CallerMistake illegalStep(UUID run, ModelState state, String step) {
    return new CallerMistake(
        "illegal-step",
        "model " + run + " is " + state.word() + " and cannot " + step,
        "Models go from candidate to gated, published and retired; ./fovea models show " + run);
  }

  static CallerMistake noPassingGate(UUID run) {
    return new CallerMistake(
        "no-passing-gate",
        "model " + run + " has not passed a gate",
        "Run ./fovea models gate " + run + " and see to what fails");
  }

  static CallerMistake gateOutdated(UUID run, String why) {
    return new CallerMistake(
        "gate-outdated",
        "the gate of model " + run + " no longer holds: " + why,
        "Run ./fovea models gate " + run + " again");
  }
}
