import type { MergeRequest } from '@landfall/backstage-plugin-delivery-common';
import type {
  OpenRequestOptions,
  SendRequestOptions,
} from '@landfall/backstage-plugin-delivery-node';
import type { PullRequestHost } from '../git';

/**
 * For tests: the pull requests of a Git host, which refuses a second open one from
 * the same branch. The real requests are tested where they are sent.
 */
export class FakePullRequestHost implements PullRequestHost {
  readonly pulls: (MergeRequest & OpenRequestOptions)[] = [];
  readonly tokens: (string | undefined)[] = [];
  /** Called before one is opened. */
  beforeOpen: () => void = () => {};
  /** Called after one was opened. */
  afterOpen: () => void = () => {};

  covers(repoUrl: string): boolean {
    return !repoUrl.includes('azure');
  }

  async find({
    repoUrl,
    branch,
    base,
  }: Pick<OpenRequestOptions, 'repoUrl' | 'branch' | 'base'>) {
    return this.pulls.findLast(
      pull =>
        pull.repoUrl === repoUrl &&
        pull.branch === branch &&
        pull.base === base,
    );
  }

  async open(
    request: OpenRequestOptions,
    { token }: SendRequestOptions = {},
  ): Promise<MergeRequest> {
    this.tokens.push(token);
    this.beforeOpen();
    const found = await this.find(request);
    if (found?.state === 'open') {
      throw new Error('A pull request exists already');
    }
    const number = this.pulls.length + 1;
    const pull = {
      ...request,
      number,
      url: `https://git.example.com/pulls/${number}`,
      state: 'open' as const,
      updatedAt: '2026-01-01T00:00:00.000Z',
    };
    this.pulls.push(pull);
    this.afterOpen();
    return pull;
  }
}
