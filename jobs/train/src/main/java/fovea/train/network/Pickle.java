package fovea.train.network;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the few words of the pickle protocol 2 that a TorchScript module is told in. */
final class Pickle {
  static final char NEW_OBJECT = '\u0081';
  static final char EMPTY_DICT = '}';
  static final char MARK = '(';
  static final char SET_ITEMS = 'u';
  static final char BUILD = 'b';
  static final char TUPLE = 't';
  static final char REDUCE = 'R';
  static final char PERSISTENT_ID = 'Q';

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Pickle() {
    bytes.write(0x80);
    bytes.write(2);
  }

  byte[] finish() {
    return op('.').bytes.toByteArray();
  }

  /** One opcode without an argument. */
  Pickle op(char code) {
    bytes.write(code);
    return this;
  }

  /** {@code c}: a class or function. */
  Pickle global(String module, String name) {
    return op('c').text(module + "\n" + name + "\n");
  }

  /** {@code X}: a string. */
  Pickle string(String value) {
    return op('X').fourBytes(value.getBytes(StandardCharsets.UTF_8).length).text(value);
  }

  /** {@code K} or {@code J}: an integer from 0. */
  Pickle integer(int value) {
    if (value < 256) {
      op('K').bytes.write(value);
      return this;
    }
    return op('J').fourBytes(value);
  }

  Pickle bool(boolean value) {
    return op(value ? '\u0088' : '\u0089');
  }

  Pickle emptyTuple() {
    return op(')');
  }

  /** A tuple of integers. */
  Pickle integers(List<Integer> values) {
    op(MARK);
    values.forEach(this::integer);
    return op(TUPLE);
  }

  private Pickle fourBytes(int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      bytes.write(value >>> shift);
    }
    return this;
  }

  private Pickle text(String value) {
    bytes.writeBytes(value.getBytes(StandardCharsets.UTF_8));
    return this;
  }
}
