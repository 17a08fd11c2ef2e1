package fovea.pipeline;

import fovea.contract.settings.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Settings of several rooms in one list. */
final class Lists {
  private Lists() {}

  /** In order, each name once: the first room that knows a setting describes it. */
  @SafeVarargs
  static List<Setting<?>> distinct(Collection<? extends Setting<?>>... rooms) {
    Map<String, Setting<?>> byName = new LinkedHashMap<>();
    for (Collection<? extends Setting<?>> room : rooms) {
      room.forEach(setting -> byName.putIfAbsent(setting.name(), setting));
    }
    return List.copyOf(byName.values());
  }
}
