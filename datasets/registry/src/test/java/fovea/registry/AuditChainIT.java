package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a database of its own, whose owner is no superuser, as an operator's is. */
class AuditChainIT {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  private static TestDatabase server;
  private static RegistrySettings superuser;
  private static RegistrySettings owner;
  private static RegistrySettings api;
  private static RegistrySettings jobs;
  private static ApiRegistry registry;

  @TempDir Path folder;
  private Actor actor;
  private Actor other;

  @BeforeAll
  static void migrate() {
    server = TestDatabase.shared();
    TestDatabase.ask(server.owner, "CREATE ROLE chain_owner LOGIN PASSWORD 'x'");
    TestDatabase.ask(server.owner, "CREATE DATABASE chain OWNER chain_owner");
    superuser = in(server.owner);
    owner = superuser.as("chain_owner", "x");
    Migrations.run(owner);
    api = in(server.api);
    jobs = in(server.jobs);
    registry = ApiRegistry.open(api, NameCipher.of(SECRET));
  }

  @AfterAll
  static void close() {
    registry.close();
  }

  private static RegistrySettings in(RegistrySettings shared) {
    String url = shared.url().replaceAll("/postgres$", "/chain");
    return new RegistrySettings(url, shared.user(), shared.password());
  }

  @BeforeEach
  void empty() {
    for (String table : List.of("audit_log", "audit_seals", "audit_chains", "audit_archives")) {
      TestDatabase.ask(superuser, "DELETE FROM " + table);
    }
    actor = new Actor(UUID.randomUUID(), organization(), Role.DOCTOR);
    other = new Actor(UUID.randomUUID(), organization(), Role.DOCTOR);
  }

  @Test
  void many_writers_and_some_rollbacks_make_a_chain_without_holes() throws Exception {
    List<Callable<Boolean>> writers =
        IntStream.range(0, 120).<Callable<Boolean>>mapToObj(i -> () -> write(i)).toList();
    ExecutorService pool = Executors.newFixedThreadPool(6);
    long lost = 0;
    for (Future<Boolean> written : pool.invokeAll(writers)) {
      lost += written.get() ? 0 : 1;
    }
    pool.shutdown();
    assertThat(lost).isEqualTo(12);
    AuditChain.Verdict verdict = verify();
    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.rows()).isEqualTo(108 + 24);
    assertThat(verdict.heads()).extracting(AuditChain.Head::position).containsOnly(66L);
  }

  // Every fifth is a job's: both organisations in one transaction, in either order.
  private boolean write(int i) {
    if (i % 10 == 3) {
      try {
        return act(actor, "lost");
      } catch (IllegalStateException rolledBack) {
        return false;
      }
    }
    if (i % 5 == 0) {
      TestDatabase.ask(
          jobs,
          """
          INSERT INTO audit_log (organization_id, user_id, operation, table_name, operation_status)
          SELECT o, CAST('00000000-0000-0000-0000-000000000000' AS uuid), 'job', 'sessions', 'success'
          FROM unnest(ARRAY[CAST(? AS uuid), CAST(? AS uuid)]) AS o
          """,
          (i % 10 == 0 ? actor : other).organization(),
          (i % 10 == 0 ? other : actor).organization());
      return true;
    }
    return act(i % 10 == 1 || i % 10 == 2 || i % 10 == 4 || i % 20 == 6 ? actor : other, "act");
  }

  @Test
  void nobody_but_the_owner_changes_a_row_or_writes_a_seal() {
    act(actor, "act");
    for (RegistrySettings login : List.of(api, jobs)) {
      for (String sql :
          List.of(
              "UPDATE audit_log SET operation = 'x'",
              "DELETE FROM audit_log",
              "TRUNCATE audit_log",
              "UPDATE audit_chains SET position = 1",
              "DELETE FROM audit_seals",
              "INSERT INTO audit_seals SELECT * FROM audit_seals",
              "SELECT append_seal(a) FROM audit_log a",
              "ALTER TABLE audit_log DISABLE TRIGGER seal")) {
        assertThatThrownBy(() -> TestDatabase.ask(login, sql))
            .as(sql)
            .hasMessageMatching("(?s).*(permission denied|must be owner).*");
      }
    }
  }

  @Test
  void a_row_that_was_edited_taken_out_or_slipped_in_is_named() {
    for (int i = 0; i < 4; i++) {
      act(actor, "act-" + i);
    }
    String second = ask("SELECT id FROM audit_log WHERE operation = 'act-1'");
    TestDatabase.ask(
        superuser, "UPDATE audit_log SET user_id = gen_random_uuid() WHERE id = ?", id(second));
    assertThat(fault()).contains("row " + second + " ").contains("edited");
    TestDatabase.ask(
        superuser, "UPDATE audit_log SET user_id = ? WHERE id = ?", actor.user(), id(second));
    assertThat(verify().fault()).isEmpty();

    TestDatabase.ask(superuser, "DELETE FROM audit_log WHERE id = ?", id(second));
    assertThat(fault()).contains("row " + second + " ").contains("taken out");
    TestDatabase.ask(superuser, "DELETE FROM audit_seals WHERE audit_id = ?", id(second));
    assertThat(fault()).contains("where 2 is missing");
  }

  @Test
  void a_tail_that_was_cut_off_and_a_row_without_seal_are_found() {
    act(actor, "first");
    act(actor, "last");
    String last = ask("SELECT id FROM audit_log WHERE operation = 'last'");
    TestDatabase.ask(superuser, "DELETE FROM audit_seals WHERE audit_id = ?", id(last));
    assertThat(fault()).contains("row " + last + " ").contains("slipped in");
    TestDatabase.ask(superuser, "DELETE FROM audit_log WHERE id = ?", id(last));
    assertThat(fault()).contains("its last rows were taken out");
  }

  @Test
  void archived_rows_stay_part_of_the_chain() throws Exception {
    for (int i = 0; i < 3; i++) {
      act(actor, "old-" + i);
    }
    assertThat(AuditRetention.archive(owner, Instant.now().minusSeconds(60), archives())).isZero();
    assertThat(AuditRetention.archive(owner, Instant.now().plusSeconds(1), archives()))
        .isEqualTo(3);
    act(actor, "new");
    assertThat(ask("SELECT string_agg(operation, ',' ORDER BY id) FROM audit_log"))
        .isEqualTo("archive_audit,new");
    AuditChain.Verdict verdict = verify();
    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.rows()).isEqualTo(5);
    assertThat(AuditRetention.archive(owner, Instant.now().plusSeconds(1), archives()))
        .isEqualTo(2);
    assertThat(verify().rows()).isEqualTo(6);

    Path first = folder.resolve("audit_" + actor.organization() + "_1-3.ndjson.gz");
    byte[] whole = Files.readAllBytes(first);
    whole[whole.length / 2] ^= 1;
    Files.write(first, whole);
    assertThat(fault()).containsPattern("1-3.ndjson.gz|was edited");
    Files.delete(first);
    assertThat(fault()).contains("cannot be read");
  }

  @Test
  void a_broken_chain_is_not_archived() {
    act(actor, "one");
    act(actor, "two");
    TestDatabase.ask(superuser, "UPDATE audit_log SET operation = 'edited'");
    assertThatThrownBy(
            () -> AuditRetention.archive(owner, Instant.now().plusSeconds(1), archives()))
        .isInstanceOfSatisfying(
            CallerMistake.class, e -> assertThat(e.code()).isEqualTo("audit-broken"));
    assertThat(ask("SELECT count(*) FROM audit_log")).isEqualTo("2");
  }

  private boolean act(Actor who, String operation) {
    return registry.inOrganization(
        who,
        stores -> {
          stores.audit().record(operation, "patients", UUID.randomUUID());
          if (operation.equals("lost")) {
            throw new IllegalStateException("stop");
          }
          return true;
        });
  }

  private AuditChain.Verdict verify() {
    return AuditChain.verify(owner, archives());
  }

  private String fault() {
    return verify().fault().orElse("");
  }

  private AuditArchives archives() {
    return new AuditArchives() {
      @Override
      public void write(String key, Path file) {
        try {
          Files.copy(file, folder.resolve(key.replace('/', '_')));
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }

      @Override
      public InputStream open(String key) {
        try {
          return Files.newInputStream(folder.resolve(key.replace('/', '_')));
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }
    };
  }

  private static long id(String text) {
    return Long.parseLong(text);
  }

  private static String ask(String sql) {
    return String.valueOf(TestDatabase.ask(superuser, sql));
  }

  private static UUID organization() {
    return UUID.fromString(
        String.valueOf(
            TestDatabase.ask(
                superuser,
                "INSERT INTO organizations (name) VALUES (?) RETURNING id",
                UUID.randomUUID().toString())));
  }
}
