package service;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceTest {
  private final List<Map<String, Object>> logged = new CopyOnWriteArrayList<>();
  private Service service;

  @BeforeEach
  void start() throws IOException {
    service =
        new Service(new InetSocketAddress("127.0.0.1", 0), "ser\"vice", "1.2.3", logged::add);
    service.start();
  }

  @AfterEach
  void stop() throws InterruptedException {
    service.stop(5);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + service.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void answersWithItsNameAndVersionAndLogsIt() throws Exception {
    assertEquals("{\"name\":\"ser\\\"vice\",\"version\":\"1.2.3\"}", get("/a?b=c").body());
    // The service logs after it has answered.
    service.stop(5);
    assertEquals("answered", logged.get(0).get("message"));
    assertEquals("/a", logged.get(0).get("path"));
    assertEquals(200, logged.get(0).get("status"));
  }

  @Test
  void livesWhileItEndsButGetsNoRequests() throws Exception {
    assertEquals(204, get("/readyz").statusCode());
    service.beginToEnd();
    assertEquals(503, get("/readyz").statusCode());
    assertEquals(204, get("/livez").statusCode());
  }
}
