import type { Application } from '../model/application';
import type { MergeRequest } from '../model/promotion';
import {
  application,
  at,
  CONFIG,
  promotion,
  sha,
} from '../promotion/__testUtils__/builders';
import { formatStuckReason } from './stuckMessage';
import { whyStuck } from './whyStuck';

const URL = 'https://git.example.com/shop/config/pulls/12';
const request: MergeRequest = {
  url: URL,
  number: 12,
  title: 'Update api',
  state: 'open',
  updatedAt: at('12:30'),
};

function why(of?: MergeRequest, overrides: Partial<Application> = {}) {
  const reason = whyStuck(
    promotion('new', {
      version: { tag: '1.0.1' },
      stages: {
        pushed: { at: at('12:20'), basis: 'reported' },
        proposed: { at: at('12:25'), basis: 'reported' },
      },
      proposal: {
        repoUrl: CONFIG,
        branch: 'updates',
        base: 'main',
        revision: sha('c'),
        ...(of && { request: of }),
      },
    }),
    {
      application: application({ reconciledAt: at('12:59'), ...overrides }),
      imageUpdaters: [],
    },
    new Date(at('18:00')),
  );
  return reason && [reason.code, formatStuckReason(reason), reason.since];
}

describe('what a proposed version waits for', () => {
  it('is a merge, not the updater', () => {
    expect(why(request)).toEqual([
      'merge-pending',
      `Waiting for a merge of request 12: ${URL}. Someone has to review and merge the request`,
      at('12:25'),
    ]);
  });

  it('is another decision once the request was closed', () => {
    expect(why({ ...request, state: 'closed' })).toEqual([
      'request-closed',
      `Not committed: request 12 was closed without a merge: ${URL}. Reopen and merge the request, or push another version`,
      at('12:30'),
    ]);
  });

  it('is a comparison once the request is merged', () => {
    const merged: MergeRequest = {
      ...request,
      state: 'merged',
      mergedAt: at('12:40'),
    };
    expect(why(merged)).toEqual([
      'merge-not-compared',
      `Request 12 is merged, but Argo CD hasn't compared the new revision yet: ${URL}`,
      at('12:40'),
    ]);
    expect(
      why(merged, {
        conditions: [{ type: 'ComparisonError', message: 'no such repo' }],
      }),
    ).toEqual(['comparison-failed', 'no such repo', undefined]);
  });

  it('is a request if none was opened', () => {
    expect(why()).toEqual([
      'request-missing',
      'Proposed on branch updates, but no merge request was opened. Open a request to merge updates into main',
      at('12:25'),
    ]);
  });
});
