package fovea.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One HTTP/1.1 request with a body of known length, byte for byte as its sender signed it. */
record HttpRequest(String line, List<String> headers, byte[] body) {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_LINE = 16_384;

  /** Reads a request; empty where the sender hangs up instead. */
  static Optional<HttpRequest> read(InputStream in, OutputStream out) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    List<String> headers = new ArrayList<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    if (value(headers, "expect").isPresent()) {
      out.write(CONTINUE);
      out.flush();
    }
    if (value(headers, "transfer-encoding").isPresent()) {
      throw new IOException("bodies of unknown length are not understood");
    }
    int length = Integer.parseInt(value(headers, "content-length").orElse("0"));
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the request ends early");
    }
    return Optional.of(new HttpRequest(line, headers, body));
  }

  String method() {
    return line.split(" ", 3)[0];
  }

  /** Path and query. */
  String target() {
    return line.split(" ", 3)[1];
  }

  /**
   * Sends it on, to be answered and hung up; the headers that signatures cover stay as they are.
   */
  void write(OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder(line).append("\r\n");
    for (String header : headers) {
      if (!isNamed(header, "connection") && !isNamed(header, "expect")) {
        head.append(header).append("\r\n");
      }
    }
    head.append("Connection: close\r\n\r\n");
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body);
    out.flush();
  }

  private static Optional<String> value(List<String> headers, String name) {
    return headers.stream()
        .filter(header -> isNamed(header, name))
        .map(header -> header.substring(name.length() + 1).strip())
        .findFirst();
  }

  private static boolean isNamed(String header, String name) {
    return header.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        throw new IOException("a line of the request is too long");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
