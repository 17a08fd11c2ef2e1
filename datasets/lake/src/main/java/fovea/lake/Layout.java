package fovea.lake;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a table's files are laid out.
 *
 * @param clustering columns whose neighbours lie together after an OPTIMIZE (liquid clustering)
 * @param images binary columns of encoded pictures
 */
record Layout(List<String> clustering, List<String> images) {
  private static final int ROW_GROUP_BYTES = 16 << 20;

  /** In the order of arrival. */
  static Layout plain() {
    return new Layout(List.of(), List.of());
  }

  static Layout clusteredBy(String... columns) {
    return new Layout(List.of(columns), List.of());
  }

  Layout withImages(String... columns) {
    return new Layout(clustering, List.of(columns));
  }

  /**
   * Session settings of one write. Pictures are compressed already: plain pages, no dictionary. A
   * reader holds a row group at a time and a writer looks at its size after every row, not after
   * the 100th as Parquet does by default, so that memory is bounded by one group and one picture.
   */
  Map<String, String> writeSettings() {
    if (images.isEmpty()) {
      return Map.of();
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("spark.sql.parquet.compression.codec", "uncompressed");
    settings.put("parquet.block.size", Integer.toString(ROW_GROUP_BYTES));
    settings.put("parquet.block.size.row.check.min", "1");
    settings.put("parquet.page.size.row.check.min", "1");
    for (String column : images) {
      settings.put("parquet.enable.dictionary#" + column, "false");
      settings.put("parquet.column.statistics.enabled#" + column, "false");
    }
    return settings;
  }
}
