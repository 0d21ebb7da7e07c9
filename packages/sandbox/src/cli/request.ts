import { z } from 'zod';
import type { SandboxConfig } from '../config';
import type { PartName } from '../part';
import { Failure } from './Failure';

const TIMEOUT_MS = 15_000;

const errorSchema = z.object({ error: z.string() });

/** The URL of a part. */
export function urlOf(part: PartName, config: SandboxConfig): string {
  const { publicUrl, port } =
    config[part === 'image-updater' ? 'imageUpdater' : part];
  return publicUrl ?? `http://${config.host}:${port}`;
}

/**
 * Sends a request to a part of the sandbox. A body is sent by POST, as JSON.
 *
 * @throws Failure if nothing answers, or for an error response
 */
export async function request(
  part: PartName,
  config: SandboxConfig,
  path: string,
  options: { body?: object; headers?: Record<string, string> } = {},
): Promise<Response> {
  const { body, headers } = options;
  const url = urlOf(part, config);
  let response: Response;
  try {
    response = await fetch(url + path, {
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw notRunning(part, config);
  }
  if (!response.ok) {
    const text = await response.text();
    throw new Failure(messageOf(text) ?? `${url} answered ${response.status}.`);
  }
  return response;
}

/** The failure for a part that doesn't answer. */
export function notRunning(part: PartName, config: SandboxConfig): Failure {
  const url = urlOf(part, config);
  return new Failure(
    `${part} doesn't answer at ${url}: the sandbox isn't running, or an outage is on. Start it with npm start.`,
  );
}

function messageOf(text: string): string | undefined {
  try {
    return errorSchema.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
}
