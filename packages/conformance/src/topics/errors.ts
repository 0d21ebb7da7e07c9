import { at } from '../http/json';
import type { RawAnswer } from '../http/RawHttp';
import { Prerequisite } from '../runner/Expectation';
import { defineTopic } from '../runner/defineTopic';
import { expectEqual, expectMatch, expectText } from '../runner/assertions';
import {
  plainApplication,
  type PlainApplication,
} from '../installation/plainApplication';
import type { Installation } from '../installation/Installation';

const CONTRACT = 'argocd.md, "Reading applications"';

/**
 * An error as Argo CD's gateway writes it: the message twice, a code, and no
 * details.
 */
function expectError(
  what: string,
  answer: RawAnswer,
  expected: { status: number; code: number; message?: RegExp },
): void {
  expectEqual(`${what}: status`, answer.status, expected.status);
  expectMatch(`${what}: body`, answer.body, { code: expected.code });
  const message = String(at(answer.body, 'message'));
  expectEqual(`${what}: error is message`, at(answer.body, 'error'), message);
  expectEqual(`${what}: details`, at(answer.body, 'details'), undefined);
  if (expected.message) {
    expectText(`${what}: message`, message, expected.message);
  }
}

const DENIED = { status: 403, code: 7, message: /^permission denied/ };

/** What error responses look like, and when each occurs. */
export const errors = defineTopic<Installation, PlainApplication>({
  name: 'errors',
  prepare: installation => plainApplication(installation, 'errors'),
  expectations: [
    {
      id: 'missing-without-project',
      claim:
        'without `project`, a missing application is a 403 like a forbidden one',
      source: 'recordings/argocd/02-get-missing-admin.json',
      async check({ installation, app }) {
        const { argocd } = installation;
        const missing = `/api/v1/applications/${app.name}-none`;
        expectError('missing', await argocd.get(missing), DENIED);
        const elsewhere = `${app.path}?appNamespace=${installation.named(
          'none',
        )}`;
        expectError(
          'in another namespace',
          await argocd.get(elsewhere),
          DENIED,
        );
      },
    },
    {
      id: 'missing-with-project',
      claim:
        'with `project`, a missing application, or one of another project, is a 404',
      source:
        'recordings/argocd/02-get-missing-admin-with-project.json, 02-get-wrong-project.json',
      async check({ installation, app }) {
        const { project } = installation.config.argocd;
        const missing = await installation.argocd.get(
          `/api/v1/applications/${app.name}-none?project=${project}`,
        );
        expectError('missing', missing, {
          status: 404,
          code: 5,
          message: /^applications\.argoproj\.io ".*-none" not found$/,
        });
        const wrong = await installation.argocd.get(
          `${app.path}?project=${installation.named('none')}`,
        );
        expectError('of another project', wrong, { status: 404, code: 5 });
      },
    },
    {
      id: 'without-rights',
      claim:
        'an account without permissions reads an empty list, and gets a 403 for everything else',
      source:
        'recordings/argocd/02-list-viewer-no-rights.json, 02-get-viewer.json, 03-resource-tree-viewer.json, 05-sync-viewer.json',
      async check({ installation, app }) {
        const { limitedToken: as, project } = installation.config.argocd;
        if (as === undefined) {
          throw new Prerequisite(
            'no token of an account without rights (ARGOCD_LIMITED_TOKEN)',
          );
        }
        const { argocd } = installation;
        const all = await argocd.get('/api/v1/applications', { as });
        expectEqual('status of the list', all.status, 200);
        expectEqual('items', at(all.body, 'items'), null);
        for (const path of [
          app.path,
          `${app.path}?project=${project}`,
          `${app.path}/resource-tree`,
        ]) {
          expectError(path, await argocd.get(path, { as }), DENIED);
        }
        expectError(
          'sync',
          await argocd.post(`${app.path}/sync`, {}, { as }),
          DENIED,
        );
      },
    },
    {
      id: 'unauthenticated',
      claim: 'a missing or malformed token is a 401 with code 16',
      source:
        'recordings/argocd/02-get-no-token.json, 01-token-garbage-jwt-shaped.json',
      async check({ installation: { argocd }, app }) {
        expectError('no token', await argocd.get(app.path, { as: null }), {
          status: 401,
          code: 16,
          message: /^no session information$/,
        });
        expectError('garbage', await argocd.get(app.path, { as: 'a.b.c' }), {
          status: 401,
          code: 16,
          message: /^invalid session: token is malformed/,
        });
      },
    },
    {
      id: 'content-type',
      claim:
        'a write without exactly `application/json` is a 415 in plain text, even with a charset',
      source:
        'recordings/argocd/05-content-type-*.json, 05-terminate-no-content-type.json',
      async check({ installation: { argocd }, app }) {
        const refused = async (method: string, path: string, type?: string) => {
          const answer = await argocd.bare({
            method,
            path,
            headers: type === undefined ? {} : { 'content-type': type },
            body: method === 'POST' ? '{"dryRun":true}' : undefined,
          });
          const what = `${method} with ${type ?? 'no content type'}`;
          expectEqual(`${what}: status`, answer.status, 415);
          expectEqual(`${what}: text`, answer.text, 'Invalid content type\n');
        };
        const sync = `${app.path}/sync`;
        await refused('POST', sync);
        await refused('POST', sync, 'text/plain');
        await refused('POST', sync, 'application/json; charset=utf-8');
        await refused('DELETE', `${app.path}/operation`);
      },
    },
    {
      id: 'no-way-out-of-a-path',
      claim:
        'encoded dots lead nowhere; plain ones are redirected to the cleaned path',
      source:
        'recordings/argocd/05-path-00.json, 05-path-02.json, 05-path-03.json',
      async check({ installation: { argocd } }) {
        for (const path of ['..%2Fclusters', '%2E%2E%2Fclusters']) {
          const { status, text } = await argocd.get(
            `/api/v1/applications/${path}`,
          );
          expectEqual(`status of ${path}`, status, 404);
          expectEqual(`text of ${path}`, text, 'Not Found\n');
        }
        const plain = await argocd.get('/api/v1/applications/../clusters');
        expectEqual('status of ../clusters', plain.status, 307);
        expectText(
          'where ../clusters leads',
          String(plain.headers.location),
          /\/api\/v1\/clusters$/,
        );
      },
    },
    {
      id: 'names-that-are-none',
      claim: 'an invalid name is a 403, like a missing application',
      source: 'recordings/argocd/05-path-05.json to 05-path-17.json',
      async check({ installation: { argocd }, app }) {
        for (const name of [
          `${app.name}%00`,
          app.name.toUpperCase(),
          `${app.name}%20x`,
          '%E2%82%AC',
          `${app.name}%252Fresource-tree`,
        ]) {
          const answer = await argocd.get(`/api/v1/applications/${name}`);
          expectError(name, answer, DENIED);
        }
      },
    },
    {
      id: 'unknown-paths',
      claim:
        'an unknown path is a 404, and a wrong method a 405, both in plain text',
      source:
        'recordings/argocd/03-unknown-path.json, 03-unknown-app-subpath.json, 05-method-not-allowed.json',
      async check({ installation: { argocd }, app }) {
        const nowhere = await argocd.get('/api/v1/nosuchthing');
        expectEqual(
          'unknown path',
          [nowhere.status, nowhere.text],
          [404, 'Not Found\n'],
        );
        const below = await argocd.get(`${app.path}/nosuchthing`);
        expectEqual('unknown path below an application', below.status, 404);
        const method = await argocd.post(`${app.path}/resource-tree`, {});
        expectEqual(
          'wrong method',
          [method.status, method.text],
          [405, 'Method Not Allowed\n'],
        );
      },
    },
    {
      id: 'bad-selector',
      claim: 'an invalid selector is a 500 with code 2',
      source: 'recordings/argocd/02-list-selector-invalid.json',
      async check({ installation: { argocd } }) {
        const answer = await argocd.get(
          '/api/v1/applications?selector=tier%20in%20%28',
        );
        expectError('the list', answer, {
          status: 500,
          code: 2,
          message: /^error parsing the selector/,
        });
      },
    },
    {
      id: 'bad-json',
      claim:
        'a field of the wrong type is a 400 with code 3, an unknown field is ignored',
      source:
        'recordings/argocd/05-sync-invalid-options.json, 05-sync-unknown-field.json',
      async check({ app }) {
        expectError('prune: "yes"', await app.sync({ prune: 'yes' }), {
          status: 400,
          code: 3,
        });
        const unknown = await app.sync({ nosuchfield: 1, dryRun: true });
        await app.accepted(unknown, 'a dry run with an unknown field');
        await app.finished(unknown);
      },
    },
    {
      id: 'create-conflict',
      claim:
        'creating an application again is accepted if it is the same, and a 400 with code 3 if its spec differs',
      source:
        'recordings/argocd/05-create-same-again.json, 05-create-conflict.json',
      async check({ installation, input }) {
        const own = installation.manifest(input);
        const create = (body: object) =>
          installation.argocd.post('/api/v1/applications', body);
        expectEqual('the same again', (await create(own)).status, 200);
        const other = await create(
          installation.manifest({ ...input, revisionHistoryLimit: 3 }),
        );
        expectError('another spec', other, {
          status: 400,
          code: 3,
          message: /^existing application spec is different/,
        });
      },
    },
    {
      id: 'create-bad-path',
      claim: 'a path that is not in the repository is a 400 with that reason',
      source: `recordings/argocd/05-create-bad-path.json; ${CONTRACT}`,
      async check({ installation, input }) {
        installation.willExist(installation.named('badpath'));
        const answer = await installation.argocd.post(
          '/api/v1/applications',
          installation.manifest({ ...input, name: 'badpath', path: 'nowhere' }),
        );
        expectError('creating', answer, {
          status: 400,
          code: 3,
          message: /nowhere: app path does not exist/,
        });
      },
    },
  ],
});
