package fovea.train.network;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Reads the pickles PyTorch writes, and runs nothing: of all the functions a pickle may call, only
 * the one that describes a tensor has a meaning here. Objects become maps of their attributes, what
 * is not known becomes {@link #UNKNOWN}.
 */
final class PickleReader {
  /** A value of no interest. */
  static final Object UNKNOWN = "unknown";

  private static final Object MARK = new Object();

  private final ByteBuffer bytes;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(byte[] pickle) {
    this.bytes = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The one value of a pickle: maps, lists, strings, numbers and {@link TensorPlace}s.
   *
   * @throws IllegalArgumentException where it is none, or one of a kind PyTorch does not write
   */
  static Object read(byte[] pickle) {
    try {
      return new PickleReader(pickle).run();
    } catch (BufferUnderflowException
        | ClassCastException
        | IndexOutOfBoundsException
        | NoSuchElementException e) {
      throw new IllegalArgumentException("not a pickle of PyTorch", e);
    }
  }

  private Object run() {
    while (true) {
      int code = bytes.get() & 0xFF;
      if (code == '.') {
        return stack.pop();
      }
      if (!value(code) && !memory(code) && !collection(code) && !object(code)) {
        throw new IllegalArgumentException("a pickle with the operation " + code);
      }
    }
  }

  private boolean value(int code) {
    switch (code) {
      case 0x80 -> bytes.get();
      case 'N' -> stack.push(UNKNOWN);
      case 0x88 -> stack.push(true);
      case 0x89 -> stack.push(false);
      case 'K' -> stack.push((long) (bytes.get() & 0xFF));
      case 'M' -> stack.push((long) (bytes.getShort() & 0xFFFF));
      case 'J' -> stack.push((long) bytes.getInt());
      case 0x8a -> stack.push(longInteger());
      case 'G' -> stack.push(bytes.order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X' -> stack.push(text(bytes.getInt()));
      default -> {
        return false;
      }
    }
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    return true;
  }

  private boolean memory(int code) {
    switch (code) {
      case 'q' -> memo.put(bytes.get() & 0xFF, stack.element());
      case 'r' -> memo.put(bytes.getInt(), stack.element());
      case 'h' -> stack.push(memo.getOrDefault(bytes.get() & 0xFF, UNKNOWN));
      case 'j' -> stack.push(memo.getOrDefault(bytes.getInt(), UNKNOWN));
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean collection(int code) {
    switch (code) {
      case '(' -> stack.push(MARK);
      case ')', ']' -> stack.push(new ArrayList<>());
      case '}' -> stack.push(new LinkedHashMap<>());
      case 't' -> stack.push(sinceMark());
      case 0x85 -> stack.push(last(1));
      case 0x86 -> stack.push(last(2));
      case 0x87 -> stack.push(last(3));
      case 'a' -> append(last(1));
      case 'e' -> append(sinceMark());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean object(int code) {
    switch (code) {
      case 'c' -> stack.push(new Name(line() + "." + line()));
      case 0x81, 'R' -> {
        List<?> arguments = (List<?>) stack.pop();
        stack.push(called((Name) stack.pop(), arguments));
      }
      case 'Q' -> stack.push(storage((List<?>) stack.pop()));
      case 'b' -> build(stack.pop());
      default -> {
        return false;
      }
    }
    return true;
  }

  // Classes without arguments are modules and dictionaries.
  private static Object called(Name function, List<?> arguments) {
    return switch (function.name) {
      case "torch._utils._rebuild_tensor_v2" -> TensorPlace.of(arguments);
      case "torch._utils._rebuild_parameter" -> arguments.get(0);
      default -> arguments.isEmpty() ? new LinkedHashMap<>() : UNKNOWN;
    };
  }

  // ("storage", type, name of the entry, device, values)
  private static Object storage(List<?> reference) {
    String type = ((Name) reference.get(1)).name;
    return new TensorPlace.Storage(type, (String) reference.get(2));
  }

  @SuppressWarnings("unchecked")
  private void build(Object state) {
    if (state instanceof Map<?, ?> attributes && stack.element() instanceof Map<?, ?> module) {
      ((Map<Object, Object>) module).putAll(attributes);
    }
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((List<Object>) stack.element()).addAll(values);
  }

  @SuppressWarnings("unchecked")
  private void put(List<Object> pairs) {
    Map<Object, Object> map = (Map<Object, Object>) stack.element();
    for (int i = 0; i < pairs.size(); i += 2) {
      if (pairs.get(i) instanceof String name) {
        map.put(name, pairs.get(i + 1));
      }
    }
  }

  private List<Object> last(int count) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      values.add(stack.pop());
    }
    Collections.reverse(values);
    return values;
  }

  private List<Object> sinceMark() {
    List<Object> values = new ArrayList<>();
    for (Object value = stack.pop(); value != MARK; value = stack.pop()) {
      values.add(value);
    }
    Collections.reverse(values);
    return values;
  }

  private long longInteger() {
    long value = 0;
    int length = bytes.get() & 0xFF;
    for (int i = 0; i < length; i++) {
      value |= i < Long.BYTES ? (bytes.get() & 0xFFL) << (8 * i) : bytes.get() & 0;
    }
    return value;
  }

  private String text(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    String text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
    bytes.position(bytes.position() + length);
    return text;
  }

  private String line() {
    int begin = bytes.position();
    while (bytes.get() != '\n') {
      continue;
    }
    int length = bytes.position() - 1 - begin;
    return new String(bytes.array(), begin, length, StandardCharsets.US_ASCII);
  }

  private record Name(String name) {}
}
