/** A decision of a reviewer, whichever host has it. */
export interface TestReview {
  reviewer: string;
  decision: 'approved' | 'changes-requested' | 'withdrawn' | 'commented';
}

/** How a kind of Git host is asked what reviewers decided on its request 7. */
interface Reviews {
  path: string;
  answer(all: TestReview[]): unknown;
}

export const REVIEWS: Record<string, Reviews> = {
  // https://docs.github.com/en/rest/pulls/reviews#list-reviews-for-a-pull-request
  github: {
    path: '/repos/shop/deploy/pulls/7/reviews',
    answer: all =>
      all.map(({ reviewer, decision }, index) => ({
        id: index,
        user: { login: reviewer },
        state: {
          approved: 'APPROVED',
          'changes-requested': 'CHANGES_REQUESTED',
          withdrawn: 'DISMISSED',
          commented: 'COMMENTED',
        }[decision],
        submitted_at: '2026-01-01T12:05:00.000Z',
      })),
  },
  // https://docs.gitlab.com/api/merge_request_approvals/#single-merge-request-approval
  gitlab: {
    path: '/api/v4/projects/shop%2Fdeploy/merge_requests/7/approvals',
    answer: all => ({
      approved: true,
      approvals_required: 0,
      approvals_left: 0,
      approved_by: all
        .filter(({ decision }) => decision === 'approved')
        .map(({ reviewer }) => ({ user: { username: reviewer } })),
    }),
  },
  // https://docs.gitea.com/api/1.24/#tag/repository/operation/repoListPullReviews
  gitea: {
    path: '/api/v1/repos/shop/deploy/pulls/7/reviews',
    answer: all =>
      all.map(({ reviewer, decision }, index) => ({
        id: index,
        user: { login: reviewer },
        state: {
          approved: 'APPROVED',
          'changes-requested': 'REQUEST_CHANGES',
          withdrawn: 'APPROVED',
          commented: 'COMMENT',
        }[decision],
        dismissed: decision === 'withdrawn',
        official: true,
      })),
  },
  // https://developer.atlassian.com/cloud/bitbucket/rest/api-group-pullrequests/
  bitbucketCloud: {
    path: '/2.0/repositories/shop/deploy/pullrequests/7',
    answer: all => ({
      id: 7,
      participants: all.map(({ reviewer, decision }) => ({
        user: { uuid: `{${reviewer}}`, display_name: reviewer },
        role: 'REVIEWER',
        approved: decision === 'approved',
        state: {
          approved: 'approved',
          'changes-requested': 'changes_requested',
          withdrawn: null,
          commented: null,
        }[decision],
      })),
    }),
  },
  // https://developer.atlassian.com/server/bitbucket/rest/v906/api-group-pull-requests/
  bitbucketServer: {
    path: '/rest/api/1.0/projects/shop/repos/deploy/pull-requests/7',
    answer: all => ({
      id: 7,
      reviewers: all.map(({ reviewer, decision }) => ({
        user: { name: reviewer },
        role: 'REVIEWER',
        approved: decision === 'approved',
        status: {
          approved: 'APPROVED',
          'changes-requested': 'NEEDS_WORK',
          withdrawn: 'UNAPPROVED',
          commented: 'UNAPPROVED',
        }[decision],
      })),
    }),
  },
};
