package service;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs the service: configured by the environment, logging JSON to standard output. */
public final class Main {
  /** Less than the grace period of a pod after its sleep of 5 s. */
  private static final int STOP_SECONDS = 20;

  private Main() {}

  public static void main(String[] args) throws IOException {
    String name = Files.readString(Path.of("NAME")).strip();
    String version = Files.readString(Path.of("VERSION")).strip();
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    Log log = new Log();
    Service service = new Service(new InetSocketAddress(port), name, version, log);

    // Kubernetes asks a pod to end with SIGTERM: running requests may finish.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.beginToEnd();
                  log.accept(Map.of("message", "ending"));
                  try {
                    service.stop(STOP_SECONDS);
                  } catch (InterruptedException error) {
                    Thread.currentThread().interrupt();
                  }
                  log.accept(Map.of("message", "ended"));
                  // The exit code would be that of the signal otherwise.
                  Runtime.getRuntime().halt(0);
                }));
    service.start();
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("message", "listening");
    entry.put("name", name);
    entry.put("version", version);
    entry.put("port", service.port());
    log.accept(entry);
  }
}
