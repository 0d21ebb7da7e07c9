import type { LoggerService } from '@backstage/backend-plugin-api';
import type { OciRegistryConfig } from '../registry/config';
import { OciRegistrySource } from '../registry/oci/OciRegistrySource';
import type { OciTestRegistry } from './OciTestRegistry';

/** The registry host in image references to a test registry. */
export const OCI_HOST = 'registry.test:5000';

/** A source that reads a test registry, with short pauses. */
export function ociSource(
  registry: OciTestRegistry,
  options: {
    credentials?: OciRegistryConfig['credentials'];
    tokenHost?: string;
    logger?: LoggerService;
  } = {},
): OciRegistrySource {
  const { credentials, tokenHost, logger } = options;
  return OciRegistrySource.create({
    registry: { host: OCI_HOST, url: registry.url, tokenHost, credentials },
    times: { pauseMs: 5, maxPauseMs: 1500, requestMs: 2000 },
    logger,
  });
}
