import { Failure } from './Failure';

const TIMEOUT_MS = 15_000;

/**
 * Sends a request to a part of the sandbox.
 *
 * @param what - display name of the part
 * @param timeoutMs - until the whole response has arrived
 * @throws Failure if nothing answers
 */
export async function request(
  what: string,
  url: string,
  init: RequestInit = {},
  timeoutMs = TIMEOUT_MS,
): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch {
    throw notRunning(what, url);
  }
}

/** The options of a request with a JSON body. */
export function withJson(method: 'POST' | 'PUT', body: object): RequestInit {
  return {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

/** The failure for a part that doesn't answer. */
export function notRunning(what: string, url: string): Failure {
  return new Failure(
    `${what} doesn't answer at ${
      new URL(url).origin
    }: the sandbox isn't running, or an outage is on. Start it with npm start.`,
  );
}
