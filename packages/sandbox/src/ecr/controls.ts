import { z } from 'zod';
import { control, type Controls } from '../http/server';
import { findingSchema } from './model/types';
import type { Registry } from './Registry';

const vulnerabilitiesSchema = z.object({
  repository: z.string(),
  findings: z.array(findingSchema),
});

/**
 * The registry's own control, for what ECR has no API for: `PUT
 * /_sandbox/vulnerabilities {"repository": "shop/api", "findings": [{"name",
 * "severity", …}]}` sets what the next scans of that repository's images find.
 */
export function controlsOf(registry: Registry): Controls {
  return {
    'PUT /_sandbox/vulnerabilities': control(
      vulnerabilitiesSchema,
      ({ repository, findings: vulnerabilities }) =>
        registry.repository(repository).updateSettings({ vulnerabilities }),
    ),
  };
}

/** All repositories with their images, newest first. */
export function overview(registry: Registry): object[] {
  const { host } = new URL(registry.identity.url);
  return registry.list().map(({ settings: { name }, images }) => ({
    name,
    uri: `${host}/${name}`,
    images: [...images.values()]
      .sort((a, b) => b.pushedAt - a.pushedAt)
      .map(({ digest, tags, pushedAt, sizeInBytes }) => ({
        digest,
        tags,
        pushedAt: new Date(pushedAt).toISOString(),
        sizeInBytes,
      })),
  }));
}
