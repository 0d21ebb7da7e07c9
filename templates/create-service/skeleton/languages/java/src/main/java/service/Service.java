package service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers /livez and /readyz for Kubernetes, and every other path with the service's
 * name and version.
 */
final class Service {
  private static final int THREADS = 32;

  private final HttpServer server;
  private final ExecutorService executor = Executors.newFixedThreadPool(THREADS);
  private final Map<String, Object> about = new LinkedHashMap<>();
  private final Consumer<Map<String, Object>> log;
  private volatile boolean isEnding;

  /**
   * @param log gets an entry for every answer
   * @throws IOException if it can't listen on the address
   */
  Service(
      InetSocketAddress address, String name, String version, Consumer<Map<String, Object>> log)
      throws IOException {
    this.log = log;
    about.put("name", name);
    about.put("version", version);
    server = HttpServer.create(address, 0);
    server.setExecutor(executor);
    server.createContext("/", this::answer);
  }

  void start() {
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** From now on the service says that it is not ready. */
  void beginToEnd() {
    isEnding = true;
  }

  /** Ends after the running requests, or after so many seconds. */
  void stop(int seconds) throws InterruptedException {
    executor.shutdown();
    executor.awaitTermination(seconds, TimeUnit.SECONDS);
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    long startedAt = System.nanoTime();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      switch (path) {
        case "/livez" -> exchange.sendResponseHeaders(204, -1);
        case "/readyz" -> exchange.sendResponseHeaders(isEnding ? 503 : 204, -1);
        default -> {
          byte[] body = Log.json(about).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          Map<String, Object> entry = new LinkedHashMap<>();
          entry.put("message", "answered");
          entry.put("method", exchange.getRequestMethod());
          entry.put("path", path);
          entry.put("status", 200);
          entry.put("milliseconds", (System.nanoTime() - startedAt) / 1_000_000);
          log.accept(entry);
        }
      }
    }
  }
}
