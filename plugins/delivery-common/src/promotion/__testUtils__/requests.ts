import fc from 'fast-check';
import type { Observation } from '../../model/observation';
import type { MergeRequest } from '../../model/promotion';
import { hex, pathOf } from '../../testing/references';
import { API, type Simulation, WEB } from '../../testing/simulation';
import { REPO_URL } from '../../testing/simulatedApplication';

/**
 * A merge request, seen at some time: of a commit on another branch, or of one
 * that is in the configuration.
 */
export interface SeenRequest {
  /** How much of the story had happened by then, of 100. */
  after: number;
  image: number;
  patch: number;
  /** Of a commit in the configuration, if there is one. */
  isOfCommit: boolean;
  state: MergeRequest['state'] | 'none';
  /** How often it had changed before. */
  age: number;
}

export const seenRequest: fc.Arbitrary<SeenRequest> = fc.record({
  after: fc.nat({ max: 100 }),
  image: fc.nat({ max: 1 }),
  patch: fc.integer({ min: 0, max: 5 }),
  isOfCommit: fc.boolean(),
  state: fc.constantFrom('none', 'open', 'closed', 'merged'),
  age: fc.nat({ max: 2 }),
});

/** Adds what the Git host reports to what a simulation reported. */
export function addRequests(
  simulation: Simulation,
  requests: readonly SeenRequest[],
): void {
  const { observations } = simulation;
  const length = observations.length;
  const added = requests
    .map(request => ({
      request,
      at: Math.max(1, Math.round((request.after * length) / 100)),
    }))
    .sort((a, b) => b.at - a.at);
  for (const { request, at } of added) {
    const { seenAt } = observations[at - 1].observation;
    const observation = request.isOfCommit
      ? ofCommit(simulation, request, seenAt)
      : proposal(simulation, request, seenAt);
    observations.splice(at, 0, { source: 'requests', observation });
  }
}

function ofCommit(
  { revised }: Simulation,
  request: SeenRequest,
  seenAt: string,
): Observation {
  const { sha, date } = revised[request.patch % revised.length];
  return {
    kind: 'commit-request-observed',
    ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    repoUrl: REPO_URL,
    revision: sha,
    request: toRequest({ ...request, state: 'merged' }, date),
    seenAt,
  };
}

/** The same version is always proposed by the same commit. */
function proposal(
  { observations }: Simulation,
  request: SeenRequest,
  seenAt: string,
): Observation {
  const { image, patch, state } = request;
  const repository = image === 1 ? WEB : API;
  const { seenAt: begin } = observations[0].observation;
  const date = new Date(Date.parse(begin) + patch * 7_000).toISOString();
  return {
    kind: 'proposals-observed',
    ref: { instance: 'main', namespace: 'argocd', name: 'api-dev' },
    repoUrl: REPO_URL,
    proposals: [
      {
        branch: `image-updater-${patch}`,
        base: 'main',
        commit: {
          revision: hex(`proposal ${image} ${patch}`).slice(0, 40),
          author: 'argocd-image-updater <noreply@argoproj.io>',
          date,
          message: `build: automatic update of api-dev\n\nupdates image ${pathOf(
            repository,
          )} tag '1.0.0' to '1.0.${patch}'`,
        },
        ...(state !== 'none' && {
          request: toRequest({ ...request, state }, date),
        }),
      },
    ],
    seenAt,
  };
}

function toRequest(
  { patch, state, age }: SeenRequest & Pick<MergeRequest, 'state'>,
  since: string,
): MergeRequest {
  const at = new Date(Date.parse(since) + (age + 1) * 11_000).toISOString();
  return {
    url: `https://git.example.com/shop/deploy/pulls/${patch}`,
    number: patch,
    title: `Update ${patch}`,
    state,
    ...(state === 'merged' && { mergedAt: at }),
    updatedAt: at,
  };
}
