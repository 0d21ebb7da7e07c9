import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DeployConfig } from './config.ts';

const FILES = new URL('../../gitops/platform/files/', import.meta.url);

/**
 * The values of Argo CD's chart: the same files that the platform chart gives to
 * the Application which takes the release over, merged the same way.
 */
export function argoCdValues({
  domain,
  highlyAvailable,
}: Extract<DeployConfig['argocd'], { mode: 'helm' }>): Record<string, unknown> {
  const values = merge(
    valuesFile('argocd'),
    highlyAvailable ? valuesFile('argocd-ha') : {},
  );
  return merge(values, { global: { domain } });
}

function valuesFile(name: string): Values {
  return parse(readFileSync(new URL(`${name}.values.yaml`, FILES), 'utf8'));
}

interface Values {
  [key: string]: unknown;
}

/** Merges maps as Helm does; anything else is replaced. */
function merge(base: Values, over: Values): Values {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const former = merged[key];
    merged[key] = isMap(former) && isMap(value) ? merge(former, value) : value;
  }
  return merged;
}

function isMap(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
