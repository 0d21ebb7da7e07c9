import { sectionOf, type SandboxConfig } from '../config';
import { RequestError } from '../http/request';
import type { PartName } from '../part';
import { Failure } from './Failure';

/** The URL of a part. */
export function urlOf(part: PartName, config: SandboxConfig): string {
  const { publicUrl, port } = sectionOf(config, part);
  return publicUrl ?? `http://${config.host}:${port}`;
}

/**
 * Reports the errors of requests to a part as failures.
 *
 * @param reasons - what to report for some of the part's error codes
 */
export async function orFailure<T>(
  part: PartName,
  config: SandboxConfig,
  run: () => Promise<T>,
  reasons: Record<string, string> = {},
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof RequestError)) {
      throw error;
    }
    const url = urlOf(part, config);
    throw new Failure(
      error.status === undefined
        ? `${part} doesn't answer at ${url}: the sandbox isn't running, or an outage is on. Start it with npm start.`
        : reasons[error.code ?? ''] ?? error.message,
    );
  }
}
