import { ApiError } from '../errors';
import { asArray, asObject, asString, at, type Obj } from '../json';
import type { Manifest } from '../types';
import { timestamp } from '../time';
import { applicationQuery, type ApiContext } from './context';
import { readBody, stringField, type Call, type Route } from './http';
import { findResource } from './resources';

const ICONS: Record<string, string> = {
  pause: 'fa fa-fw fa-pause-circle',
  restart: 'fa fa-fw fa-redo',
  resume: 'fa fa-fw fa-play-circle',
  scale: 'fa fa-fw fa-plus-circle',
};

/**
 * Actions on single resources: those that Argo CD provides for Deployments and
 * StatefulSets.
 */
export function actions(context: ApiContext): Route[] {
  const base = '/api/v1/applications/{}/resource/actions';
  return [
    { method: 'GET', path: base, handler: call => list(context, call) },
    { method: 'POST', path: `${base}/v2`, handler: call => run(context, call) },
  ];
}

function list(context: ApiContext, call: Call): Obj {
  const app = context.access.find(call.principal, applicationQuery(call));
  const { manifest } = findResource(context, app, call.query);
  const names = actionsOf(manifest);
  if (!names.length) {
    return {};
  }
  const actionList = names.map(({ name, disabled }) => ({
    name,
    ...(name === 'scale' ? { params: [{ name: 'replicas' }] } : {}),
    ...(disabled ? { disabled } : {}),
    iconClass: ICONS[name],
  }));
  return { actions: actionList };
}

function actionsOf(manifest: Manifest): { name: string; disabled?: boolean }[] {
  const paused = at(manifest, 'spec', 'paused') === true;
  switch (manifest.kind) {
    case 'Deployment':
      return [
        { name: 'pause', disabled: paused },
        { name: 'restart' },
        { name: 'resume', disabled: !paused },
        { name: 'scale' },
      ];
    case 'StatefulSet':
      return [{ name: 'restart' }, { name: 'scale' }];
    case 'DaemonSet':
      return [{ name: 'restart' }];
    default:
      return [];
  }
}

async function run(context: ApiContext, call: Call): Promise<Obj> {
  const STRUCT = 'ResourceActionRunRequestV2';
  const { access, cluster, now } = context;
  const body = await readBody(call.req);
  const field = (name: string) => stringField(body, STRUCT, name) ?? '';
  const action = field('action');
  const right = `action/${field('group')}/${field('kind')}/${action}`;
  const app = access.find(
    call.principal,
    {
      name: call.params[0],
      namespace: field('appNamespace'),
      project: field('project'),
    },
    right,
  );
  const query = new URLSearchParams(
    ['group', 'kind', 'namespace', 'resourceName'].map(name => [
      name,
      field(name),
    ]),
  );
  const { key, manifest } = findResource(context, app, query);
  if (!actionsOf(manifest).some(({ name }) => name === action)) {
    throw ApiError.invalid(`action ${action} not found`);
  }
  const parameters = asArray(body.resourceActionParameters);
  const replicas = Number(
    asString(
      at(
        parameters.find(p => at(p, 'name') === 'replicas'),
        'value',
      ),
    ) ?? NaN,
  );
  if (action === 'scale' && !Number.isInteger(replicas)) {
    throw ApiError.invalid('invalid number of replicas');
  }
  cluster.patch(key, current =>
    changed(current, action, replicas, timestamp(now())),
  );
  return {};
}

function changed(
  manifest: Manifest,
  action: string,
  replicas: number,
  time: string,
): Manifest {
  const spec = asObject(manifest.spec);
  switch (action) {
    case 'scale':
      return { ...manifest, spec: { ...spec, replicas } };
    case 'pause':
      return { ...manifest, spec: { ...spec, paused: true } };
    case 'resume': {
      const { paused: _, ...resumed } = spec;
      return { ...manifest, spec: resumed };
    }
    default: {
      const template = asObject(spec.template);
      const metadata = asObject(template.metadata);
      return {
        ...manifest,
        spec: {
          ...spec,
          template: {
            ...template,
            metadata: {
              ...metadata,
              annotations: {
                ...asObject(metadata.annotations),
                'kubectl.kubernetes.io/restartedAt': time,
              },
            },
          },
        },
      };
    }
  }
}
