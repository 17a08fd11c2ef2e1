package fovea.registry;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Encrypts again, under the current key, what lies under an old one. */
public final class NameRotation {
  private static final int BATCH = 500;

  private record Column(String table, String id, String name) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("patients", "id", "patient_name"),
          new Column("sessions", "id", "patient_name"),
          new Column("second_factors", "user_id", "secret"),
          new Column("webhooks", "id", "secret"));

  private record Sealed(UUID id, byte[] bytes) {}

  private NameRotation() {}

  /**
   * Goes through every organisation, a few hundred rows a transaction; what is under the current
   * key is left alone, so it may be stopped and run again.
   *
   * @param owner the login that owns the tables
   * @return how many were encrypted again; afterwards no old key is needed
   */
  public static int run(RegistrySettings owner, NameCipher names) {
    Jdbi jdbi = Jdbi.create(owner.url(), owner.user(), owner.password());
    int done = 0;
    for (Column column : COLUMNS) {
      int batch;
      do {
        batch = jdbi.inTransaction(handle -> batch(handle, column, names));
        done += batch;
      } while (batch > 0);
    }
    return done;
  }

  private static int batch(Handle handle, Column column, NameCipher names) {
    List<Sealed> old =
        handle
            .createQuery(
                """
                SELECT %2$s, %3$s FROM %1$s WHERE substring(%3$s FROM 1 FOR 5) <> :header
                LIMIT :most FOR UPDATE
                """
                    .formatted(column.table(), column.id(), column.name()))
            .bind("header", names.header())
            .bind("most", BATCH)
            .map((row, context) -> new Sealed(row.getObject(1, UUID.class), row.getBytes(2)))
            .list();
    for (Sealed sealed : old) {
      handle.execute(
          "UPDATE %1$s SET %3$s = ? WHERE %2$s = ?"
              .formatted(column.table(), column.id(), column.name()),
          names.encrypt(names.decrypt(sealed.bytes(), sealed.id()), sealed.id()),
          sealed.id());
    }
    return old.size();
  }
}
