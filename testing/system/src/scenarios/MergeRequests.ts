import { CREDENTIALS } from '@landfall/sandbox';
import { basicAuthorization } from '@landfall/testing-kit';
import { z } from 'zod';
import { OWNER } from '../faults/ConfigRepositories';

const pullSchema = z.object({ number: z.number(), html_url: z.string() });

/** Merge requests of a person on the sandbox's Git host. */
export class MergeRequests {
  private readonly url: string;

  /** @param gitUrl - any URL of the Git host */
  constructor(gitUrl: string, repository: string) {
    const { origin } = new URL(gitUrl);
    this.url = `${origin}/api/v1/repos/${OWNER}/${repository}/pulls`;
  }

  /** Opens a request to merge a branch into `main`. */
  async open(head: string, title: string): Promise<number> {
    const answer = await this.send('POST', '', { head, base: 'main', title });
    return pullSchema.parse(await answer.json()).number;
  }

  async merge(number: number): Promise<void> {
    await this.send('POST', `/${number}/merge`, { Do: 'merge' });
  }

  async approve(number: number): Promise<void> {
    await this.send('POST', `/${number}/reviews`, { event: 'APPROVED' });
  }

  async close(number: number): Promise<void> {
    await this.send('PATCH', `/${number}`, { state: 'closed' });
  }

  private async send(
    method: string,
    path: string,
    body: object,
  ): Promise<Response> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: basicAuthorization(CREDENTIALS.git),
        'content-type': 'application/json',
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) {
      throw new Error(
        `${method} ${this.url}${path}: ${
          response.status
        } ${await response.text()}`,
      );
    }
    return response;
  }
}
