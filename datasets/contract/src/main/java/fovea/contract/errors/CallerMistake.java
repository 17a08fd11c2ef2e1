package fovea.contract.errors;

/**
 * A mistake of the caller: exit code 2 on the command line, 4xx over HTTP, never a stack trace.
 *
 * <p>The message is one line: what is wrong, why, and what to do about it.
 */
public final class CallerMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;

  /**
   * @param code stable, in kebab-case, for programs: {@code bad-setting}
   * @param what what is wrong: {@code --size must be between 64 and 4096, cannot be: 3}
   * @param remedy what the caller can do: {@code Give a size in pixels, for example --size 512}
   */
  public CallerMistake(String code, String what, String remedy) {
    super(oneLine(what) + ". " + oneLine(remedy) + ".");
    this.code = code;
  }

  /** The stable code of this mistake. */
  public String code() {
    return code;
  }

  private static String oneLine(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
