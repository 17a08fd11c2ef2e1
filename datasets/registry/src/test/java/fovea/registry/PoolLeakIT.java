package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

/** Many callers of two organisations share four connections; whatever breaks, nothing leaks. */
class PoolLeakIT {
  private static final int STATEMENTS = 10_000;
  private static final int CALLERS = 8;
  private static final int IN_TRANSACTION = 5;
  private static final TestDatabase DATABASE = TestDatabase.shared();

  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger broken = new AtomicInteger();

  @Test
  void no_statement_sees_a_row_of_the_other_organisation() throws Exception {
    List<UUID> organizations = List.of(organizationWithPatients(), organizationWithPatients());
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (ApiRegistry registry =
        ApiRegistry.open(
            DATABASE.api, NameCipher.of("0123456789abcdef0123456789abcdef"), CALLERS / 2)) {
      List<Callable<Integer>> work =
          IntStream.range(0, CALLERS)
              .<Callable<Integer>>mapToObj(
                  i -> () -> foreignRows(registry, organizations, new Random(i)))
              .toList();
      for (Future<Integer> foreign : callers.invokeAll(work)) {
        assertThat(foreign.get()).isZero();
      }
      assertThat(statements.get()).isGreaterThanOrEqualTo(STATEMENTS);
      assertThat(broken.get()).isGreaterThan(STATEMENTS / IN_TRANSACTION / 20);
      assertThat(registry.credentials().standing(nobody(organizations), UUID.randomUUID()))
          .isEmpty();
    } finally {
      callers.shutdownNow();
    }
  }

  private int foreignRows(ApiRegistry registry, List<UUID> organizations, Random random) {
    int foreign = 0;
    while (statements.get() < STATEMENTS) {
      UUID organization = organizations.get(random.nextInt(2));
      try {
        foreign += registry.within(organization, handle -> look(handle, organization, random));
      } catch (JdbiException expected) {
        broken.incrementAndGet();
      }
    }
    return foreign;
  }

  private int look(Handle handle, UUID organization, Random random) {
    int foreign = 0;
    for (int i = 0; i < IN_TRANSACTION; i++) {
      List<UUID> seen =
          handle.createQuery("SELECT organization_id FROM patients").mapTo(UUID.class).list();
      statements.incrementAndGet();
      assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
      foreign += (int) seen.stream().filter(id -> !id.equals(organization)).count();
    }
    fail(handle, random.nextInt(1_000));
    return foreign;
  }

  // Errors, cancels by the server and by the caller, and connections that die.
  private static void fail(Handle handle, int dice) {
    if (dice < 100) {
      handle.execute("SELECT 1 / 0");
    } else if (dice < 150) {
      handle.execute("SET LOCAL statement_timeout = 1");
      handle.execute("SELECT pg_sleep(1)");
    } else if (dice < 170) {
      cancelled(handle);
    } else if (dice < 172) {
      handle.execute("SELECT pg_terminate_backend(pg_backend_pid())");
    }
  }

  private static void cancelled(Handle handle) {
    try (Statement sleeper = handle.getConnection().createStatement()) {
      Thread canceller = new Thread(() -> cancel(sleeper));
      canceller.start();
      sleeper.execute("SELECT pg_sleep(0.05)");
      canceller.join();
    } catch (SQLException cancelled) {
      throw new Cancelled(cancelled);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private static void cancel(Statement statement) {
    try {
      Thread.sleep(5);
      statement.cancel();
    } catch (SQLException | InterruptedException tooLate) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Cancelled extends JdbiException {
    private static final long serialVersionUID = 1L;

    Cancelled(SQLException why) {
      super(why);
    }
  }

  private static Actor nobody(List<UUID> organizations) {
    return new Actor(UUID.randomUUID(), organizations.get(0), Role.ADMIN);
  }

  private static UUID organizationWithPatients() {
    UUID organization = DATABASE.organization();
    for (int i = 0; i < 3; i++) {
      DATABASE.make("INSERT INTO patients (organization_id) VALUES (?)", organization);
    }
    return organization;
  }
}
