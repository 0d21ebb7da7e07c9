import { z } from 'zod';

const PAGE_SIZE = 50;
const TIMEOUT_MS = 10_000;

const repositorySchema = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  html_url: z.string(),
  empty: z.boolean().optional(),
});
/** A repository as Gitea lists it. */
export type GiteaRepository = z.infer<typeof repositorySchema>;

const fileSchema = z.object({
  type: z.literal('file'),
  encoding: z.literal('base64'),
  content: z.string(),
});

/** The reads of Gitea's REST API that the CI needs. */
export class GiteaClient {
  constructor(
    private readonly options: {
      url: string;
      username: string;
      password: string;
      /** Aborts all requests. */
      signal: AbortSignal;
    },
  ) {}

  /**
   * All repositories of an organization. Empty if the organization doesn't
   * exist.
   */
  async repositories(organization: string): Promise<GiteaRepository[]> {
    const all: GiteaRepository[] = [];
    for (let page = 1; ; page++) {
      const answer = await this.#get(
        `orgs/${encodeURIComponent(
          organization,
        )}/repos?page=${page}&limit=${PAGE_SIZE}`,
      );
      const repositories = z.array(repositorySchema).parse(answer ?? []);
      all.push(...repositories);
      if (repositories.length < PAGE_SIZE) {
        return all;
      }
    }
  }

  /** A file of the default branch as text, or undefined if it doesn't exist. */
  async file(
    { owner, name }: GiteaRepository,
    path: string,
  ): Promise<string | undefined> {
    const encoded = path.split('/').map(encodeURIComponent).join('/');
    const answer = await this.#get(
      `repos/${encodeURIComponent(owner.login)}/${encodeURIComponent(
        name,
      )}/contents/${encoded}`,
    );
    const file = fileSchema.safeParse(answer);
    return file.success
      ? Buffer.from(file.data.content, 'base64').toString('utf8')
      : undefined;
  }

  /** The JSON below `/api/v1/`, or undefined for a 404. */
  async #get(path: string): Promise<unknown> {
    const { url, username, password, signal } = this.options;
    const credentials = Buffer.from(`${username}:${password}`).toString(
      'base64',
    );
    const base = url.endsWith('/') ? url : `${url}/`;
    const response = await fetch(new URL(`api/v1/${path}`, base), {
      headers: {
        authorization: `Basic ${credentials}`,
        accept: 'application/json',
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    if (response.status === 404) {
      await response.body?.cancel();
      return undefined;
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the Git host answered ${response.status} to ${path}`);
    }
    return response.json();
  }
}
