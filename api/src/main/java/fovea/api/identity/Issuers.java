package fovea.api.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import fovea.registry.Role;
import java.text.ParseException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tokens of other issuers (OpenID Connect). Each issuer that the settings name is trusted with
 * every organisation; where its keys are is asked of it alone, never of a token.
 */
final class Issuers {
  private static final Logger LOG = LoggerFactory.getLogger(Issuers.class);
  private static final int MOST_CHARACTERS = 16_000;

  private final Map<String, Issuer> issuers;
  private final List<String> organizationClaim;
  private final List<String> roleClaim;

  Issuers(IdentitySettings settings) {
    this.issuers =
        settings.issuers().stream()
            .map(uri -> new Issuer(uri, settings.audience()))
            .collect(Collectors.toMap(Issuer::name, Function.identity(), (one, same) -> one));
    this.organizationClaim = List.of(settings.organizationClaim().split("\\."));
    this.roleClaim = List.of(settings.roleClaim().split("\\."));
  }

  /** Who a token speaks for; empty for every one that no issuer of ours made for this API. */
  Optional<External> external(String token) {
    if (issuers.isEmpty() || token.length() > MOST_CHARACTERS) {
      return Optional.empty();
    }
    try {
      String named = SignedJWT.parse(token).getJWTClaimsSet().getIssuer();
      Issuer issuer = named == null ? null : issuers.get(named);
      return issuer == null ? Optional.empty() : read(issuer, issuer.verify(token));
    } catch (ParseException | BadJOSEException | IllegalArgumentException refused) {
      return Optional.empty();
    } catch (JOSEException unavailable) {
      LOG.warn("an issuer's keys cannot be had: {}", String.valueOf(unavailable.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<External> read(Issuer issuer, JWTClaimsSet claims) {
    Optional<String> organization = words(claims, organizationClaim).stream().findFirst();
    Optional<Role> role =
        Arrays.stream(Role.values())
            .filter(each -> words(claims, roleClaim).contains(each.word()))
            .reduce((one, other) -> other);
    if (organization.isEmpty() || role.isEmpty()) {
      LOG.warn("a token of {} names no organisation or no role of ours", issuer.name());
      return Optional.empty();
    }
    return Optional.of(
        new External(
            issuer.name(), claims.getSubject(), UUID.fromString(organization.get()), role.get()));
  }

  private static List<String> words(JWTClaimsSet claims, List<String> path) {
    Object value = claims.getClaims();
    for (String step : path) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return texts(value);
  }

  private static List<String> texts(@Nullable Object value) {
    if (value instanceof Collection<?> several) {
      return several.stream().map(String::valueOf).toList();
    }
    return value == null ? List.of() : List.of(value.toString());
  }

  /** What an issuer says of someone; of several roles the last in the order of {@link Role}. */
  record External(String issuer, String subject, UUID organization, Role role) {}
}
