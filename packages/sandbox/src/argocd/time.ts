/** Kubernetes' time format: UTC, whole seconds. */
export function timestamp(ms: number): string {
  return new Date(Math.floor(ms / 1000) * 1000)
    .toISOString()
    .replace('.000Z', 'Z');
}

/**
 * Converts a Go duration such as `3m`, `1h30m`, `5s` or `500ms` to
 * milliseconds. A bare number counts as seconds. Returns `undefined` for
 * anything else.
 */
export function parseDuration(text: string): number | undefined {
  if (/^\d+(\.\d+)?$/.test(text)) {
    return Number(text) * 1000;
  }
  const units: Record<string, number> = {
    h: 3600000,
    m: 60000,
    s: 1000,
    ms: 1,
  };
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g)];
  if (!parts.length || parts.map(p => p[0]).join('') !== text) {
    return undefined;
  }
  return parts.reduce((sum, [, n, unit]) => sum + Number(n) * units[unit], 0);
}
