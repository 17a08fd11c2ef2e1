package fovea.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;

/** A query of pages: its conditions are those that were asked for, its order is by time. */
final class Listing {
  private final Handle handle;
  private final String time;
  private final String id;
  private final StringBuilder sql;
  private final Map<String, Object> values = new LinkedHashMap<>();

  private Listing(Handle handle, String select, String alias) {
    this.handle = handle;
    this.time = alias + ".created_at";
    this.id = alias + ".id";
    this.sql = new StringBuilder(select).append(" WHERE true");
  }

  /**
   * @param select up to the conditions
   * @param alias of the table whose {@code created_at} and {@code id} order the list
   */
  static Listing of(Handle handle, String select, String alias) {
    return new Listing(handle, select, alias);
  }

  /** A condition on a value, where there is one. */
  Listing where(String condition, String name, Optional<?> value) {
    value.ifPresent(
        given -> {
          sql.append(" AND ").append(condition);
          values.put(name, given);
        });
    return this;
  }

  Listing where(Period period) {
    return where(time + " >= :from", "from", period.from())
        .where(time + " < :until", "until", period.until());
  }

  <T> Page<T> newestFirst(PageRequest request, RowMapper<T> rows, Function<T, Position> position) {
    return page(request, "<", "DESC", rows, position);
  }

  <T> Page<T> oldestFirst(PageRequest request, RowMapper<T> rows, Function<T, Position> position) {
    return page(request, ">", "ASC", rows, position);
  }

  private <T> Page<T> page(
      PageRequest request,
      String behind,
      String order,
      RowMapper<T> rows,
      Function<T, Position> position) {
    where("(%s, %s) %s (:at, :id)".formatted(time, id, behind), "at", request.at())
        .where("true", "id", request.id());
    String ordered = sql + " ORDER BY %s %s, %s %s LIMIT :most".formatted(time, order, id, order);
    List<T> found =
        handle
            .createQuery(ordered)
            .bindMap(values)
            .bind("most", request.most() + 1)
            .map(rows)
            .list();
    return Page.of(found, request.most(), position);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
