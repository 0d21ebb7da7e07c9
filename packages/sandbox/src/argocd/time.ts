/** Kubernetes' time format: UTC, whole seconds. */
export function timestamp(ms = Date.now()): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const UNITS: Record<string, number> = { h: 3600000, m: 60000, s: 1000, ms: 1 };

/**
 * Converts a Go duration such as `3m`, `1h30m`, `5s` or `500ms` to
 * milliseconds. A bare number counts as seconds. Returns `undefined` for
 * anything else.
 */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  return text && parts.map(([part]) => part).join('') === text
    ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * UNITS[unit], 0)
    : undefined;
}
