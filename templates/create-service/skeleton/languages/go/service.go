package main

import (
	"encoding/json"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// service answers /livez and /readyz for Kubernetes, and every other path with its
// name and version.
type service struct {
	name, version string
	logger        *slog.Logger
	// Whether the service gets no new requests any more.
	isEnding atomic.Bool
}

func newService(name, version string, logger *slog.Logger) *service {
	return &service{name: name, version: version, logger: logger}
}

func (s *service) ServeHTTP(response http.ResponseWriter, request *http.Request) {
	startedAt := time.Now()
	switch request.URL.Path {
	case "/livez":
		response.WriteHeader(http.StatusNoContent)
		return
	case "/readyz":
		if s.isEnding.Load() {
			response.WriteHeader(http.StatusServiceUnavailable)
		} else {
			response.WriteHeader(http.StatusNoContent)
		}
		return
	}
	response.Header().Set("Content-Type", "application/json")
	answer := map[string]string{"name": s.name, "version": s.version}
	if err := json.NewEncoder(response).Encode(answer); err != nil {
		s.logger.Warn("could not answer", "error", err)
		return
	}
	s.logger.Info("answered", "method", request.Method, "path", request.URL.Path,
		"status", http.StatusOK, "milliseconds", time.Since(startedAt).Milliseconds())
}
