import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { DeployConfig } from './config.ts';

const FILES = new URL('../../gitops/platform/files/', import.meta.url);

/**
 * The values of Argo CD's chart: the same files that the platform chart gives to
 * the Application which takes the release over, merged the same way. A test
 * compares the two: different values would be two owners of one release.
 */
export function argoCdValues(
  {
    domain,
    imageTag,
    highlyAvailable,
  }: Extract<DeployConfig['argocd'], { mode: 'helm' }>,
  portal: DeployConfig['portal'],
): Record<string, unknown> {
  return [
    valuesFile('argocd'),
    highlyAvailable ? valuesFile('argocd-ha') : {},
    {
      global: {
        domain,
        ...(imageTag !== undefined && { image: { tag: imageTag } }),
      },
    },
    valuesFile('argocd-notifications', { PORTAL_DOMAIN: portal.domain }),
  ].reduce(merge);
}

/** A values file, in which `${NAME}` stands for a value of the deployment. */
function valuesFile(
  name: string,
  variables: Record<string, string> = {},
): Values {
  const text = readFileSync(new URL(`${name}.values.yaml`, FILES), 'utf8');
  return parse(
    Object.entries(variables).reduce(
      (filled, [key, value]) => filled.replaceAll(`\${${key}}`, value),
      text,
    ),
  );
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
