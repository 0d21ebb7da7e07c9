import { basicAuthorization } from '@landfall/testing-kit';
import { z } from 'zod';
import { request, RequestError } from '../http/request';

const PAGE_SIZE = 50;

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
    for (let page = 1; all.length === (page - 1) * PAGE_SIZE; page++) {
      const answer = await this.#get(
        `orgs/${encodeURIComponent(
          organization,
        )}/repos?page=${page}&limit=${PAGE_SIZE}`,
      );
      all.push(...z.array(repositorySchema).parse(answer ?? []));
    }
    return all;
  }

  /** A file of the default branch as text, or undefined if it doesn't exist. */
  async file(
    { owner, name }: GiteaRepository,
    path: string,
  ): Promise<string | undefined> {
    const [login, repository] = [owner.login, name].map(encodeURIComponent);
    const answer = await this.#get(
      `repos/${login}/${repository}/contents/${encodeURI(path)}`,
    );
    const file = fileSchema.safeParse(answer);
    return file.success
      ? Buffer.from(file.data.content, 'base64').toString('utf8')
      : undefined;
  }

  /** The JSON below `/api/v1/`, or undefined for a 404. */
  async #get(path: string): Promise<unknown> {
    const { url, username, password, signal } = this.options;
    try {
      const response = await request(
        `${url.replace(/\/$/, '')}/api/v1/${path}`,
        {
          headers: {
            authorization: basicAuthorization({ username, password }),
          },
          signal,
        },
      );
      return await response.json();
    } catch (error) {
      if (error instanceof RequestError && error.status === 404) {
        return undefined;
      }
      throw error;
    }
  }
}
