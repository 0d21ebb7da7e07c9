import type { JsonObject } from '@backstage/types';
import type { Repositories } from './Repositories';

/** A request to a host's API, without its base URL. */
interface ApiRequest {
  method: string;
  /** Decoded parts of the path. */
  path: string[];
  query: URLSearchParams;
  authorization: string;
  body: string;
}

/** The part of a Git host that the portal meets, in the shapes of its real API. */
export interface StandInHost {
  /** As in `integrations`. */
  type: 'gitlab' | 'bitbucketCloud' | 'bitbucketServer' | 'azure';
  integration: JsonObject;
  /** Of `scaffolder.defaultEnvironment.parameters`. */
  parameters: Record<string, string>;
  /** Base URLs of its API. All other addresses of the host are those of Git. */
  apis: string[];
  /** Whether Git may do all with these credentials. */
  acceptsGit(authorization: string): boolean;
  /** Of the path of a clone URL: the repository, and the path in it. */
  gitPath: RegExp;
  answer(
    request: ApiRequest,
    repositories: Repositories,
  ): Promise<Response | undefined>;
  /** Its CI: the files at the root of a new repository, and what the result says. */
  ci: { files: string[]; text: string };
  /** What a service in the system `shop` has there. */
  expected(name: string): {
    /** In `Repositories`. */
    repository: string;
    remoteUrl: string;
    catalogInfoUrl: string;
    /** The outputs of Backstage's own action, where they differ from these. */
    published: { remoteUrl: string; repoContentsUrl: string };
  };
}

/** HTTP basic authentication. */
export function basic(username: string, password: string): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** A JSON answer. */
export function json(status: number, body: object): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json' },
  });
}

/** A file, or what a host says that has none. */
export function file(content: string | undefined): Response {
  return content === undefined
    ? json(404, { message: 'Not found' })
    : new Response(content, { headers: { etag: '"1"' } });
}
