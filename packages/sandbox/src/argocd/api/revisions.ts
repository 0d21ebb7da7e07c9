import { messageOf } from '../../errors';
import { ApiError } from '../errors';
import { sourcesOf, type Application, type Source } from '../types';
import type { ApiContext } from './context';
import type { Call, Routes } from './http';

/**
 * Author, date and message of commits, read from the mirror of the
 * application's repository.
 */
export function revisions(context: ApiContext): Routes {
  const path = '/api/v1/applications/{}/revisions/{}';
  return {
    [`GET ${path}/metadata`]: call => metadata(context, call),
    [`GET ${path}/chartdetails`]: call => {
      const { name } = context.access.find(call).metadata;
      throw new ApiError('unknown', `no chart found for application: ${name}`);
    },
  };
}

function sourceOf({ spec, status }: Application, { query }: Call): Source {
  const index = Number(query.get('sourceIndex')) || 0;
  const version = query.get('versionId');
  const entry = status.history?.find(({ id }) => String(id) === version);
  const sources = entry ? entry.sources ?? [entry.source] : sourcesOf(spec);
  if (!sources[index]) {
    throw new ApiError(
      'unknown',
      `error getting app source by source index and version ID: source index ${index} not found because there are only ${sources.length} sources`,
    );
  }
  return sources[index];
}

async function metadata(
  { access, extension, git }: ApiContext,
  call: Call,
): Promise<object> {
  const app = access.find(call);
  const { repoURL } = sourceOf(app, call);
  const revision = call.params[1];
  if (!/^[0-9a-f]{7,40}$/.test(revision)) {
    throw new ApiError('unknown', `revision ${revision} must be resolved`);
  }
  try {
    return (
      extension?.metadata(app, revision) ??
      (await git.metadata(repoURL, revision))
    );
  } catch (error) {
    throw new ApiError(
      'unknown',
      `error acquiring repo lock: ${messageOf(error)}`,
    );
  }
}
