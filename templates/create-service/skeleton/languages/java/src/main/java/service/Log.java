package service;

import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Writes lines of JSON, which collectors of logs read without a configuration. */
final class Log implements Consumer<Map<String, Object>> {
  @Override
  public void accept(Map<String, Object> entry) {
    String time = "{\"time\":" + text(Instant.now().toString()) + ",\"level\":\"info\",";
    System.out.println(time + json(entry).substring(1));
  }

  /** A flat JSON object, in the order of the map. */
  static String json(Map<String, ?> values) {
    return values.entrySet().stream()
        .map(entry -> text(entry.getKey()) + ":" + value(entry.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Object value) {
    return value instanceof Number ? value.toString() : text(String.valueOf(value));
  }

  private static String text(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char letter : text.toCharArray()) {
      if (letter == '"' || letter == '\\') {
        json.append('\\').append(letter);
      } else if (letter < ' ') {
        json.append(String.format("\\u%04x", (int) letter));
      } else {
        json.append(letter);
      }
    }
    return json.append('"').toString();
  }
}
