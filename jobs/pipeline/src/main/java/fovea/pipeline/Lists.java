package fovea.pipeline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import fovea.contract.settings.Setting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Settings of several rooms in one list. */
final class Lists {
  private Lists() {}

  /** Those whose name is described in one way only. */
  static List<Setting<?>> withOneMeaning(List<Setting<?>> settings) {
    Map<String, Set<String>> meanings =
        settings.stream().collect(groupingBy(Setting::name, mapping(Setting::help, toSet())));
    return settings.stream()
        .filter(setting -> meanings.getOrDefault(setting.name(), Set.of()).size() == 1)
        .<Setting<?>>map(s -> s)
        .toList();
  }

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
