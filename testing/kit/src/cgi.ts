import type { IncomingMessage, ServerResponse } from 'node:http';

/** The values of `Git-Protocol` that become an environment variable of git. */
const SAFE_PROTOCOL =
  /^[0-9a-zA-Z]+=[0-9a-zA-Z]+(:[0-9a-zA-Z]+=[0-9a-zA-Z]+)*$/;

/**
 * The environment of `git http-backend` for a request. Whether the caller may
 * read must be checked before.
 *
 * @param path - of the repository and what is asked of it, below `root`
 * @param username - who pushes; without one, pushing is refused
 */
export function httpBackendEnvironment(
  { method = 'GET', headers }: IncomingMessage,
  target: { root: string; path: string; query: string; username?: string },
): Record<string, string> {
  const protocol = String(headers['git-protocol'] ?? '');
  return {
    GIT_PROJECT_ROOT: target.root,
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_PROTOCOL: SAFE_PROTOCOL.test(protocol) ? protocol : '',
    PATH_INFO: target.path,
    QUERY_STRING: target.query,
    REQUEST_METHOD: method,
    CONTENT_TYPE: headers['content-type'] ?? '',
    // Empty for a chunked body, which git then reads to its end.
    CONTENT_LENGTH: headers['content-length'] ?? '',
    HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    ...(target.username && { REMOTE_USER: target.username }),
  };
}

/**
 * Sends the output of a CGI program (RFC 3875), such as `git http-backend`, as
 * the response.
 *
 * @throws Error if the output has no header
 */
export function sendCgi(output: Buffer, response: ServerResponse): void {
  const end = output.indexOf('\r\n\r\n');
  if (end < 0) {
    throw new Error('The CGI program responded without a header');
  }
  let status = 200;
  for (const line of output.subarray(0, end).toString().split('\r\n')) {
    const [name, value] = line.split(/:\s*/, 2);
    if (name.toLowerCase() === 'status') {
      status = Number.parseInt(value, 10);
    } else if (name) {
      response.setHeader(name, value);
    }
  }
  response.writeHead(status).end(output.subarray(end + 4));
}
