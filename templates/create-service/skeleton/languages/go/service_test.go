package main

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
)

func get(service http.Handler, path string) *httptest.ResponseRecorder {
	recorder := httptest.NewRecorder()
	service.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
	return recorder
}

func TestAnswersWithItsNameAndVersionAndLogsIt(t *testing.T) {
	var logged bytes.Buffer
	logger := slog.New(slog.NewJSONHandler(&logged, nil))
	response := get(newService("service", "1.2.3", logger), "/a?b=c")

	var answer map[string]string
	if err := json.Unmarshal(response.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	if answer["name"] != "service" || answer["version"] != "1.2.3" {
		t.Errorf("answered %v", answer)
	}
	var entry map[string]any
	if err := json.Unmarshal(logged.Bytes(), &entry); err != nil {
		t.Fatal(err)
	}
	if entry["msg"] != "answered" || entry["path"] != "/a" || entry["status"] != 200.0 {
		t.Errorf("logged %v", entry)
	}
}

func TestLivesWhileItEndsButGetsNoRequests(t *testing.T) {
	service := newService("service", "1.2.3", slog.New(slog.DiscardHandler))
	if status := get(service, "/readyz").Code; status != http.StatusNoContent {
		t.Errorf("/readyz before: %d", status)
	}
	service.isEnding.Store(true)
	if status := get(service, "/readyz").Code; status != http.StatusServiceUnavailable {
		t.Errorf("/readyz at the end: %d", status)
	}
	if status := get(service, "/livez").Code; status != http.StatusNoContent {
		t.Errorf("/livez at the end: %d", status)
	}
}
