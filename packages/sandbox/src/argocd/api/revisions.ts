import { ApiError } from '../errors';
import { asString } from '../json';
import { sourcesOf, type Application, type Source } from '../types';
import type { RevisionMetadata } from '../git/GitRepositories';
import { CheckoutError } from '../git/CheckoutError';
import { RefsError } from '../git/refs';
import { applicationQuery, type ApiContext } from './context';
import type { Call, Route } from './http';

/**
 * Author, date and message of commits, read from the mirror of the
 * application's repository.
 */
export function revisions(context: ApiContext): Route[] {
  const base = '/api/v1/applications/{}/revisions/{}';
  return [
    {
      method: 'GET',
      path: `${base}/metadata`,
      handler: call => metadata(context, call),
    },
    {
      method: 'GET',
      path: `${base}/chartdetails`,
      handler: call => {
        const app = context.access.find(call.principal, applicationQuery(call));
        throw ApiError.unknown(
          `no chart found for application: ${app.metadata.name}`,
        );
      },
    },
  ];
}

function sourceOf(app: Application, call: Call): Source {
  const index = Number(call.query.get('sourceIndex') ?? 0) || 0;
  const version = call.query.get('versionId');
  const entry = version
    ? app.status.history?.find(h => String(h.id) === version)
    : undefined;
  const sources =
    entry?.sources ??
    (entry?.source.repoURL ? [entry.source] : sourcesOf(app.spec));
  const source = sources[index];
  if (!source) {
    throw ApiError.unknown(
      `error getting app source by source index and version ID: source index ${index} not found because there are only ${sources.length} sources`,
    );
  }
  return source;
}

async function metadata(
  { access, fleet, git }: ApiContext,
  call: Call,
): Promise<RevisionMetadata> {
  const app = access.find(call.principal, applicationQuery(call));
  const source = sourceOf(app, call);
  const revision = asString(call.params[1]) ?? '';
  if (!/^[0-9a-f]{7,40}$/.test(revision)) {
    throw ApiError.unknown(`revision ${revision} must be resolved`);
  }
  const known = fleet.metadata(app, revision);
  if (known) {
    return known;
  }
  try {
    return await git.metadata(source.repoURL, revision);
  } catch (error) {
    if (error instanceof CheckoutError) {
      throw ApiError.unknown(`error acquiring repo lock: ${error.message}`);
    }
    if (error instanceof RefsError) {
      throw ApiError.unknown(error.message);
    }
    throw error;
  }
}
