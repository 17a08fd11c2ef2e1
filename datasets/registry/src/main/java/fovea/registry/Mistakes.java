package fovea.registry;

import fovea.contract.errors.CallerMistake;

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
}
