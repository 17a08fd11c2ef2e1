package fovea.testkit;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What may happen to an object store's answer on its way. */
public enum Fault {
  /** Nothing. */
  NONE,
  /** 503 SlowDown in its place; the store never hears of the call. */
  SLOW_DOWN,
  /** The connection ends in the middle of the body. */
  TRUNCATED,
  /** The connection is reset in the middle of the body. */
  RESET,
  /** One bit in the middle of the body is another. */
  FLIPPED;

  private static final String BUSY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>SlowDown</Code>"
          + "<Message>Please reduce your request rate.</Message></Error>";

  /** The answer of a store that is asked too often. */
  static byte[] slowDown(String method) {
    String body = method.equals("HEAD") ? "" : BUSY;
    String head =
        "HTTP/1.1 503 Slow Down\r\nContent-Type: application/xml\r\nConnection: close\r\n"
            + "Content-Length: %d\r\n\r\n";
    return (String.format(head, body.length()) + body).getBytes(StandardCharsets.US_ASCII);
  }

  /** Sends an answer, head and body, as this fault leaves it. */
  void send(byte[] answer, Socket client) throws IOException {
    int body = bodyStart(answer);
    int middle = body + (answer.length - body) / 2;
    byte[] sent =
        switch (this) {
          case NONE, SLOW_DOWN -> answer;
          case TRUNCATED, RESET -> Arrays.copyOf(answer, middle);
          case FLIPPED -> flipped(answer, middle);
        };
    client.getOutputStream().write(sent);
    client.getOutputStream().flush();
    if (this == RESET) {
      client.setSoLinger(true, 0);
    }
  }

  private static byte[] flipped(byte[] answer, int at) {
    byte[] copy = answer.clone();
    if (at < copy.length) {
      copy[at] ^= 1;
    }
    return copy;
  }

  private static int bodyStart(byte[] answer) {
    for (int i = 3; i < answer.length; i++) {
      if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n') {
        return i + 1;
      }
    }
    return answer.length;
  }
}
