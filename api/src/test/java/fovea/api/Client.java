package fovea.api;

import com.fasterxml.jackson.databind.JsonNode;
import fovea.api.http.Json;
import fovea.contract.settings.PlatformEnv;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A caller over real HTTP. */
record Client(String url, @Nullable String token) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  static Client of(Path data) {
    return new Client(
        String.valueOf(PlatformEnv.read(data.resolve(PlatformEnv.FILE)).get("FOVEA_API_URL")),
        null);
  }

  Client signedIn(String email, String password) {
    Reply reply =
        post("/v1/sign-in", "{'email': '%s', 'password': '%s'}".formatted(email, password));
    return new Client(url, reply.text("token"));
  }

  Client with(@Nullable String other) {
    return new Client(url, other);
  }

  Reply get(String path) {
    return send(request(path).GET().build());
  }

  /** Posts JSON written with single quotes. */
  Reply post(String path, String json) {
    return send("POST", path, json);
  }

  /** Sends JSON written with single quotes. */
  Reply send(String method, String path, String json, String... headers) {
    HttpRequest.Builder request =
        request(path).method(method, BodyPublishers.ofString(json.replace('\'', '"')));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  /** Sends JSON written with single quotes. */
  Reply send(String method, String path, String json) {
    return send(
        request(path).method(method, BodyPublishers.ofString(json.replace('\'', '"'))).build());
  }

  /** PUTs content as an answer of the API says. */
  int put(JsonNode upload, byte[] content) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(upload.get("url").asText()))
            .PUT(BodyPublishers.ofByteArray(content));
    upload
        .get("headers")
        .fields()
        .forEachRemaining(
            header -> {
              if (!header.getKey().equalsIgnoreCase("content-length")) {
                request.header(header.getKey(), header.getValue().asText());
              }
            });
    return send(request.build()).status();
  }

  byte[] download(String address) {
    try {
      return HTTP.send(
              HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray())
          .body();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  private Reply send(HttpRequest request) {
    try {
      var response = HTTP.send(request, BodyHandlers.ofString());
      String body = response.body();
      JsonNode json =
          body.startsWith("{") && !body.endsWith("\n")
              ? Json.stored(body)
              : Json.MAPPER.valueToTree(Map.of("raw", body));
      Reply reply = new Reply(response.statusCode(), json, response.headers());
      if (request.uri().toString().startsWith(url + "/v1/")) {
        Contract.of(url).check(request, reply);
      }
      return reply;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  record Reply(int status, JsonNode json, HttpHeaders headers) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    String text(String field) {
      return json.path(field).asText();
    }

    /** Status and code, for example {@code 409 name-taken}. */
    String refusal() {
      return status + " " + text("code");
    }
  }
}
