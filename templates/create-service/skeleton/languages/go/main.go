// The service: configured by the environment, logging JSON to standard output.
package main

import (
	"context"
	_ "embed"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

//go:embed NAME
var name string

//go:embed VERSION
var version string

// Less than the grace period of a pod after its sleep of 5 s.
const shutdownTimeout = 20 * time.Second

func main() {
	logger := slog.New(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{
		ReplaceAttr: func(_ []string, attribute slog.Attr) slog.Attr {
			if attribute.Key == slog.MessageKey {
				attribute.Key = "message"
			}
			return attribute
		},
	}))
	if err := run(logger); err != nil {
		logger.Error("failed", "error", err)
		os.Exit(1)
	}
}

func run(logger *slog.Logger) error {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	listener, err := net.Listen("tcp", ":"+port)
	if err != nil {
		return err
	}
	service := newService(strings.TrimSpace(name), strings.TrimSpace(version), logger)
	server := &http.Server{Handler: service, ReadHeaderTimeout: 10 * time.Second}

	// Kubernetes asks a pod to end with SIGTERM: running requests may finish.
	ending, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	logger.Info("listening", "name", service.name, "version", service.version,
		"port", listener.Addr().(*net.TCPAddr).Port)

	select {
	case err := <-served:
		return err
	case <-ending.Done():
	}
	service.isEnding.Store(true)
	logger.Info("ending")
	timeout, cancel := context.WithTimeout(context.Background(), shutdownTimeout)
	defer cancel()
	if err := server.Shutdown(timeout); err != nil {
		return err
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	logger.Info("ended")
	return nil
}
