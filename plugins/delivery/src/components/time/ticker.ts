import { useSyncExternalStore } from 'react';

const INTERVAL = 1000;

const listeners = new Set<() => void>();
let current = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function tick() {
  current = Date.now();
  listeners.forEach(listener => listener());
}

function subscribe(listener: () => void) {
  listeners.add(listener);
  timer ??= setInterval(tick, INTERVAL);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

function now() {
  if (timer === undefined) {
    current = Date.now();
  }
  return current;
}

/**
 * A text that depends on the time. All such texts on a page share one timer,
 * and a component renders again only when its text changes.
 *
 * @internal
 */
export function useTimedText(text: (now: number) => string): string {
  return useSyncExternalStore(subscribe, () => text(now()));
}
