import type { ServerResponse } from 'node:http';

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
