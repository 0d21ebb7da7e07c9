import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { readApplicationList } from '../__testUtils__/recordings';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { startReplica } from '../__testUtils__/replicas';
import { waitFor } from '@landfall/testing-kit';
import { readInstances } from '../store/operations/instances';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';

describe.each(databases.eachSupportedId())(
  'an invalid application on %s',
  id => {
    it('does not affect others, and is reported in the instance’s state until it is fixed', async () => {
      const database = await createDatabase(databases, id);
      const argocd = await ReplayedArgoCd.start({ token: TOKEN });
      const applications = readApplicationList().items.slice(0, 10);
      applications.forEach(application => argocd.put(application));
      const [other, good] = applications;
      const odd = { ...good, spec: { project: 'p'.repeat(300), source: {} } };
      argocd.put(odd);
      const { stop } = await startReplica({
        database,
        instances: [{ name: 'main', url: argocd.url, token: TOKEN }],
      });
      const instance = async () => {
        const [found] = await readInstances(database.knex, ['main'], '');
        return found;
      };
      const versionOf = async (name: string) =>
        (await database.knex('applications').where({ name }).first())
          ?.resource_version;
      try {
        await waitFor(async () =>
          expect(await instance()).toMatchObject({
            state: 'live',
            applications: 9,
            error: `The application '${good.metadata.namespace}/${good.metadata.name}' of Argo CD 'main' can't be stored: spec.project is 300 bytes long; at most 253 can be stored`,
          }),
        );
        await waitFor(() => expect(argocd.streaming).toBe(1));
        const lists = () =>
          argocd.requests.filter(path => path === '/api/v1/applications')
            .length;
        const before = lists();

        const changed = (
          resourceVersion: string,
          application: typeof other,
        ) => ({
          ...application,
          metadata: { ...application.metadata, resourceVersion },
        });
        argocd.emit('MODIFIED', changed('99999998', odd));
        argocd.emit('MODIFIED', changed('99999999', other));
        await waitFor(async () =>
          expect(await versionOf(other.metadata.name)).toBe('99999999'),
        );
        // The watch continued on the same stream, without another list.
        expect(lists()).toBe(before);
        expect(argocd.streaming).toBe(1);
        expect((await instance()).error).toContain('spec.project is 300 bytes');

        argocd.emit('MODIFIED', changed('100000000', good));
        await waitFor(async () =>
          expect(await versionOf(good.metadata.name)).toBe('100000000'),
        );
        await waitFor(async () =>
          expect(await instance()).toMatchObject({
            state: 'live',
            applications: 10,
            error: undefined,
          }),
        );
      } finally {
        await stop();
        await argocd.stop();
      }
    });
  },
);
