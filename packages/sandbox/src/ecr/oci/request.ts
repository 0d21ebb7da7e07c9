import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Registry } from '../Registry';
import type { RepositoryFolder } from '../store/RepositoryFolder';

/** A parsed request of the distribution API. */
export interface OciRequest {
  req: IncomingMessage;
  res: ServerResponse;
  method: string;
  query: URLSearchParams;
  registry: Registry;
  repository: RepositoryFolder;
  /** The path below the repository, such as `['manifests', '1.0.0']`. */
  path: string[];
}

/** Ends a response without a body. */
export function end(
  res: ServerResponse,
  status: number,
  headers: Record<string, string | number>,
): void {
  res.writeHead(status, { 'content-length': 0, ...headers });
  res.end();
}
