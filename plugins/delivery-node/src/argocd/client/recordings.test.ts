import {
  argoCdRecording,
  argoCdRecordings,
  bodyText,
  type Recording,
} from '../../__testUtils__/recordings';
import { ReplayServer } from '../../__testUtils__/ReplayServer';
import type { DefaultArgoCdClient } from './DefaultArgoCdClient';
import { errorOfResponse } from './errorOfResponse';
import { ArgoCdError } from './errors';

let replay: ReplayServer;

beforeAll(async () => {
  replay = await ReplayServer.start();
});

afterAll(async () => {
  await replay.stop();
});

/** The client call that sends such a request; undefined if there is none. */
function callFor(
  client: DefaultArgoCdClient,
  { request }: Recording,
): (() => Promise<unknown>) | undefined {
  const url = new URL(request.path, 'http://localhost');
  const query = url.searchParams;
  const [, name, rest = ''] =
    /^\/api\/v1\/applications\/([a-z0-9.-]+)(?:\/(.*))?$/.exec(url.pathname) ??
    [];
  const project = query.get('project') ?? undefined;
  const ref = {
    instance: 'main',
    namespace: query.get('appNamespace') ?? 'argocd',
    name,
  };
  const revision = /^revisions\/([^/]+)\/metadata$/.exec(rest)?.[1];
  const what = `${request.method} ${name ? '{name}' : url.pathname}${
    rest && `/${revision ? '{revision}' : rest}`
  }`;
  switch (what) {
    case 'GET /api/version':
      return () => client.version();
    case 'GET /api/v1/applications':
      return () => client.listApplications();
    case 'POST /api/v1/applications': {
      const manifest = JSON.parse(JSON.stringify(request.body ?? {}));
      return () => client.createApplication(manifest);
    }
    case 'GET {name}': {
      const refresh = query.get('refresh') === 'hard' ? 'hard' : 'normal';
      return () =>
        client.getApplication(ref, {
          project,
          ...(query.has('refresh') ? { refresh } : {}),
        });
    }
    case 'GET {name}/{revision}':
      return () =>
        client.getRevisionMetadata(ref, decodeURIComponent(revision ?? ''));
    case 'GET {name}/resource-tree':
      return () => client.resources.tree(ref, { project });
    case 'GET {name}/managed-resources':
      return () => client.resources.managed(ref, { project });
    case 'GET {name}/events':
      return () => client.resources.events(ref, { project });
    case 'GET {name}/manifests':
      return () =>
        client.resources.manifests(ref, {
          revision: query.get('revision') ?? undefined,
        });
    case 'GET {name}/links':
      return () => client.resources.links(ref);
    case 'GET {name}/resource/actions':
      return () =>
        client.resources.actions(ref, { version: 'v1', kind: 'x', name: 'x' });
    case 'POST {name}/resource/actions/v2':
      return () =>
        client.resources.runAction(
          ref,
          { version: 'v1', kind: 'Deployment', name: 'hooked' },
          'restart',
        );
    case 'PUT {name}': {
      const manifest = JSON.parse(JSON.stringify(request.body));
      manifest.metadata.name = name;
      return () => client.updateApplication(manifest, { project: 'default' });
    }
    case 'GET /api/v1/session/userinfo':
      return () => client.accounts.userInfo();
    case 'GET {name}/syncwindows':
      return () => client.resources.syncWindows(ref);
    case 'POST {name}/sync':
      return () => client.operations.sync(ref);
    case 'POST {name}/rollback':
      return () => client.operations.rollback(ref, { historyId: 1 });
    case 'DELETE {name}/operation':
      return () => client.operations.terminate(ref);
    case 'DELETE {name}':
      return () =>
        client.operations.deleteApplication(ref, { project: 'shop' });
    default:
      return undefined;
  }
}

const CLASS_OF_ANSWER: Record<string, string> = {
  '400/3': 'ArgoCdInvalidRequestError',
  '400/9': 'ArgoCdConflictError',
  '401/16': 'ArgoCdUnauthenticatedError',
  '403/7': 'ArgoCdForbiddenError',
  '404/5': 'ArgoCdNotFoundError',
  '500/2': 'ArgoCdUnexpectedResponseError',
  '500/13': 'ArgoCdUnexpectedResponseError',
  '503/14': 'ArgoCdUnreachableError',
  '307/text': 'ArgoCdUnexpectedResponseError',
  '404/text': 'ArgoCdUnexpectedResponseError',
  '405/text': 'ArgoCdUnexpectedResponseError',
  '415/text': 'ArgoCdUnexpectedResponseError',
};

function recordedError(one: Recording): { code?: number; message?: string } {
  const body = one.response?.body;
  if (typeof body !== 'object' || body === null) {
    return {};
  }
  if ('code' in body && 'message' in body) {
    return { code: Number(body.code), message: String(body.message) };
  }
  if (
    'error' in body &&
    typeof body.error === 'object' &&
    body.error !== null &&
    'grpc_code' in body.error &&
    'message' in body.error
  ) {
    return {
      code: Number(body.error.grpc_code),
      message: String(body.error.message),
    };
  }
  return {};
}

/** The expected error class for an answer; undefined for a success. */
function expectedClass(one: Recording): string | undefined {
  const status = one.response?.status;
  if (status === 200) {
    return undefined;
  }
  const key = `${status}/${recordedError(one).code ?? 'text'}`;
  return CLASS_OF_ANSWER[key] ?? `an answer of the unknown kind ${key}`;
}

/**
 * The client rejects these without a request, so Argo CD's answer is never
 * received.
 */
const NEVER_ASKED: Record<string, string> = {
  '03-revision-metadata-option-like.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-0.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-5.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-6.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-plain-0.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-plain-2.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-plain-3.json': 'ArgoCdInvalidNameError',
  '05-create-bad-name-plain-5.json': 'ArgoCdInvalidNameError',
  '05-create-empty.json': 'ArgoCdInvalidRequestError',
  '05-path-11.json': 'ArgoCdInvalidNameError',
};

/** For these, a missing application is no error. */
const MAY_BE_MISSING = /^(GET|DELETE) \/api\/v1\/applications\/[^/]+$/;

function expectedResult(one: Recording) {
  const refused = NEVER_ASKED[one.file];
  if (refused) {
    return { asked: false, error: refused };
  }
  const error = expectedClass(one);
  const { pathname } = new URL(one.request.path, 'http://localhost');
  return error === 'ArgoCdNotFoundError' &&
    MAY_BE_MISSING.test(`${one.request.method} ${pathname}`)
    ? { asked: true }
    : { asked: true, error, argoCdMessage: recordedError(one).message };
}

const answered = argoCdRecordings().filter(
  ({ lines, response }) => !lines && response?.status,
);
const failures = answered.filter(one => expectedClass(one));
/** The number of recordings with a matching client call. */
let calls = 0;

describe('recorded answers', () => {
  it.each(failures.map(one => [one.file, one] as const))(
    '%s becomes the right error, with its message',
    (_, one) => {
      const { code, message } = recordedError(one);
      const error = errorOfResponse({
        instance: 'main',
        method: one.request.method,
        path: one.request.path,
        status: one.response?.status ?? 0,
        body: bodyText(one),
      });
      expect(error).toMatchObject({
        name: expectedClass(one),
        instance: 'main',
        status: one.response?.status,
        code,
        argoCdMessage: message,
      });
      expect(error.message).toContain(message ?? '');
    },
  );

  it.each(answered.map(one => [one.file, one] as const))(
    '%s goes through the client',
    async (_, one) => {
      const call = callFor(replay.client, one);
      calls += call ? 1 : 0;
      replay.play(one);
      const before = replay.requests;
      const result = await call?.().catch(error => error);
      const outcome = call && {
        asked: replay.requests > before,
        error: result instanceof Error ? result.name : undefined,
        argoCdMessage:
          result instanceof ArgoCdError ? result.argoCdMessage : undefined,
      };
      expect(outcome).toEqual(call && expectedResult(one));
    },
  );

  it('are complete enough to be worth checking', () => {
    expect(failures.length).toBeGreaterThan(80);
    expect(calls).toBeGreaterThan(100);
  });

  it('include a refresh that never completes, which times out', async () => {
    const recording = argoCdRecording('02-get-refresh-controller-down.json');
    replay.play(recording);
    await expect(callFor(replay.client, recording)?.()).rejects.toMatchObject({
      name: 'ArgoCdTimeoutError',
      message: expect.stringContaining('within 0.2 s'),
    });
  });
});
