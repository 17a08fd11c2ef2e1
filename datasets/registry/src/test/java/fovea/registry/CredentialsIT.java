package fovea.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.contract.errors.CallerMistake;
import fovea.registry.Credentials.Attempts;
import fovea.registry.Credentials.Refreshed;
import fovea.registry.Patients.NewPatient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class CredentialsIT {
  private static final String KEY = "0123456789abcdef0123456789abcdef";
  private static final TestDatabase DATABASE = TestDatabase.shared();
  private static final ApiRegistry REGISTRY = ApiRegistry.open(DATABASE.api, NameCipher.of(KEY), 2);
  private static final Credentials CREDENTIALS = REGISTRY.credentials();

  private final String email = UUID.randomUUID() + "@clinic.test";
  private final String organization = UUID.randomUUID().toString();
  private final Actor admin = Bootstrap.run(DATABASE.owner, organization, email, "password");

  @AfterAll
  static void close() {
    REGISTRY.close();
  }

  @Test
  void a_refresh_token_works_once_and_used_again_it_ends_the_sign_in() {
    Refreshed first = begin();
    Refreshed second = CREDENTIALS.refresh(first.token()).orElseThrow();
    assertThat(second.signIn()).isEqualTo(first.signIn());
    assertThat(CREDENTIALS.standing(admin, first.signIn())).isPresent();

    assertThat(CREDENTIALS.refresh(first.token())).isEmpty();
    assertThat(CREDENTIALS.standing(admin, first.signIn())).isEmpty();
    assertThat(CREDENTIALS.refresh(second.token())).isEmpty();
    assertThat(
            TestDatabase.ask(
                DATABASE.owner,
                "SELECT count(*) FROM audit_log WHERE operation = 'refresh_token_reused'"
                    + " AND organization_id = ?",
                admin.organization()))
        .isEqualTo("1");
    assertThat(CREDENTIALS.refresh("fovea_refresh_unknown")).isEmpty();
  }

  @Test
  void no_token_is_kept_as_it_is() {
    String refresh = begin().token();
    String service =
        REGISTRY.inOrganization(admin, stores -> stores.serviceTokens().create("x")).token();
    assertThat(CREDENTIALS.service(service).orElseThrow().role()).isEqualTo(Role.ML_PIPELINE);
    for (String table : List.of("refresh_tokens", "service_tokens")) {
      assertThat(
              TestDatabase.ask(
                  DATABASE.owner, "SELECT string_agg(t::text, '') FROM " + table + " t"))
          .doesNotContain(refresh, service);
    }
  }

  @Test
  void a_sign_in_ends_with_its_user_password_or_role() {
    Actor doctor = user("doctor");
    UUID theirs = begin(doctor);
    users(admin, users -> users.appoint(doctor.user(), Role.RESEARCHER));
    assertThat(CREDENTIALS.standing(doctor, theirs)).isEmpty();

    UUID again = begin(doctor);
    assertThat(CREDENTIALS.standing(doctor, again).orElseThrow().actor().role())
        .isEqualTo(Role.RESEARCHER);
    users(admin, users -> users.disable(doctor.user()));
    assertThat(CREDENTIALS.standing(doctor, again)).isEmpty();
    users(admin, users -> users.enable(doctor.user()));
    assertThat(CREDENTIALS.standing(doctor, again)).isEmpty();

    UUID kept = begin(doctor);
    UUID other = begin(doctor);
    users(doctor, users -> users.changePassword(Passwords.hash("new"), kept));
    assertThat(CREDENTIALS.standing(doctor, kept)).isPresent();
    assertThat(CREDENTIALS.standing(doctor, other)).isEmpty();

    users(admin, users -> users.delete(doctor.user()));
    assertThat(CREDENTIALS.standing(doctor, kept)).isEmpty();
    assertThatThrownBy(() -> users(admin, users -> users.find(doctor.user())))
        .hasMessageContaining("no such user");
  }

  @Test
  void an_organisation_keeps_an_admin() {
    for (Change change :
        List.<Change>of(
            users -> users.disable(admin.user()),
            users -> users.delete(admin.user()),
            users -> users.appoint(admin.user(), Role.DOCTOR))) {
      assertThatThrownBy(() -> users(admin, change))
          .isInstanceOfSatisfying(
              CallerMistake.class, refused -> assertThat(refused.code()).isEqualTo("last-admin"));
    }
  }

  @Test
  void one_email_in_two_organisations_is_two_accounts() {
    String name = UUID.randomUUID().toString();
    Actor second = Bootstrap.run(DATABASE.owner, name, email, "other-password");
    assertThat(CREDENTIALS.account(email, null).orElseThrow().actor()).isEqualTo(admin);
    assertThat(CREDENTIALS.account(email, name).orElseThrow().actor()).isEqualTo(second);
    assertThat(CREDENTIALS.account(email, "elsewhere")).isEmpty();
  }

  @Test
  void tries_are_counted_for_emails_that_nobody_has_too() {
    Attempts limits = new Attempts(3, 100, Duration.ofMinutes(10));
    for (String each : List.of(email, UUID.randomUUID() + "@nobody.test")) {
      String address = UUID.randomUUID().toString();
      assertThat(IntStream.range(0, 3).mapToObj(i -> CREDENTIALS.attempt(limits, each, address)))
          .allMatch(until -> until.isEmpty());
      assertThat(CREDENTIALS.attempt(limits, each.toUpperCase(java.util.Locale.ROOT), address))
          .isPresent();
      CREDENTIALS.succeeded(each, address);
      assertThat(CREDENTIALS.attempt(limits, each, address)).isEmpty();
    }
    String address = UUID.randomUUID().toString();
    Attempts narrow = new Attempts(100, 3, Duration.ofMinutes(10));
    assertThat(
            IntStream.range(0, 4)
                .mapToObj(i -> CREDENTIALS.attempt(narrow, UUID.randomUUID() + "@x", address))
                .filter(until -> until.isPresent())
                .count())
        .isEqualTo(1);
  }

  @Test
  void who_an_issuer_vouches_for_is_one_user_in_the_role_it_says() {
    String issuer = "https://id.example.org";
    UUID here = admin.organization();
    Actor first = CREDENTIALS.external(issuer, "s", here, Role.DOCTOR).orElseThrow();
    Actor again = CREDENTIALS.external(issuer, "s", here, Role.RESEARCHER).orElseThrow();
    assertThat(again).isEqualTo(new Actor(first.user(), here, Role.RESEARCHER));
    assertThat(CREDENTIALS.external(issuer, "other", here, Role.DOCTOR).orElseThrow().user())
        .isNotEqualTo(first.user());
    assertThat(CREDENTIALS.external(issuer, "s", UUID.randomUUID(), Role.ADMIN)).isEmpty();

    users(admin, users -> users.disable(first.user()));
    assertThat(CREDENTIALS.external(issuer, "s", here, Role.ADMIN)).isEmpty();
  }

  @Test
  void names_are_encrypted_again_under_a_new_key() {
    String next = "fedcba9876543210fedcba9876543210";
    UUID patient =
        REGISTRY.inOrganization(
            admin,
            stores -> stores.patients().create(new NewPatient(null, "Ada", null, null, null)).id());
    NameCipher both = NameCipher.of(next, List.of(KEY));
    assertThat(NameRotation.run(DATABASE.owner, both)).isPositive();
    assertThat(NameRotation.run(DATABASE.owner, both)).isZero();
    try (ApiRegistry later = ApiRegistry.open(DATABASE.api, NameCipher.of(next), 1)) {
      assertThat(
              later
                  .inOrganization(admin, stores -> stores.patients().find(patient))
                  .orElseThrow()
                  .name())
          .isEqualTo("Ada");
    }
    assertThat(NameRotation.run(DATABASE.owner, NameCipher.of(KEY, List.of(next)))).isPositive();
  }

  private interface Change {
    void to(Users users);
  }

  private static void users(Actor actor, Change change) {
    REGISTRY.inOrganization(
        actor,
        stores -> {
          change.to(stores.users());
          return stores;
        });
  }

  private Actor user(String role) {
    UUID id =
        REGISTRY.inOrganization(
            admin,
            stores -> stores.users().create(UUID.randomUUID() + "@x", "x", Role.of(role), "x"));
    return new Actor(id, admin.organization(), Role.of(role));
  }

  private Refreshed begin() {
    return REGISTRY.inOrganization(
        admin, s -> s.signIns().begin(Duration.ofDays(1), SignIns.Proof.PASSWORD, null));
  }

  private static UUID begin(Actor actor) {
    return REGISTRY
        .inOrganization(
            actor, s -> s.signIns().begin(Duration.ofDays(1), SignIns.Proof.PASSWORD, null))
        .signIn();
  }
}
