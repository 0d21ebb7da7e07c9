import { z } from 'zod';
import { readJson } from '../../http/messages';
import { rolloutActions } from '../cluster/rollout';
import { ApiError } from '../errors';
import { unlessEmpty } from '../json';
import { keyId } from '../manifest';
import type { ApiContext } from './context';
import { type Call, referenceSchema, type Routes } from './http';
import { findResource, keyIn } from './resources';

const runSchema = referenceSchema.extend({
  namespace: z.string().default(''),
  resourceName: z.string(),
  group: z.string().default(''),
  kind: z.string(),
  action: z.string(),
});

/** What can be done to a resource beside syncing it: here, to Rollouts. */
export function resourceActions(context: ApiContext): Routes {
  const base = '/api/v1/applications/{}/resource/actions';
  return {
    [`GET ${base}`]: call => list(context, call),
    [`POST ${base}/v2`]: call => run(context, call),
  };
}

function list(context: ApiContext, call: Call): object {
  const app = context.access.find(call);
  const key = keyIn(call.query);
  findResource(context, app, key);
  const { workload } = context.cluster.get(key) ?? {};
  const actions = workload?.canary ? rolloutActions(workload) : [];
  return { actions: unlessEmpty(actions) };
}

async function run(context: ApiContext, call: Call): Promise<object> {
  const { access, cluster } = context;
  const body = await readJson(call.req, runSchema);
  const { group, kind, namespace, resourceName: name, action } = body;
  const app = access.find(call, 'get', body);
  const right = `action/${group}/${kind}/${action}`;
  const object = access.objectOf(app);
  if (!access.can(call.principal, 'applications', right, object)) {
    throw new ApiError('forbidden', 'permission denied');
  }
  const key = { group, kind, namespace, name };
  findResource(context, app, key);
  if (!cluster.actOn(key, action)) {
    throw new ApiError('invalid', `${keyId(key)} has no action ${action}`);
  }
  return {};
}
