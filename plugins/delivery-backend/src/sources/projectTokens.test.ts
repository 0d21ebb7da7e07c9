import { waitFor } from '@landfall/testing-kit';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { readApplicationList } from '../__testUtils__/recordings';
import { ReplayedArgoCd } from '../__testUtils__/ReplayedArgoCd';
import { startReplica } from '../__testUtils__/replicas';
import type { DeliveryDatabase } from '../store/DeliveryDatabase';
import { readInstances } from '../store/operations/instances';

jest.setTimeout(60_000);

const databases = createTestDatabases();
const TOKEN = 'token-of-the-test';

describe.each(databases.eachSupportedId())(
  'an instance with a token for each project on %s',
  id => {
    let database: DeliveryDatabase;
    let argocd: ReplayedArgoCd;
    let stop: (() => Promise<void>) | undefined;

    const present = async (): Promise<string[]> =>
      database
        .knex('applications')
        .whereNull('gone_at')
        .orderBy('name')
        .pluck('name');

    async function restart(bankToken: string): Promise<void> {
      await stop?.();
      const replica = await startReplica({
        database,
        instances: [
          {
            name: 'main',
            url: argocd.url,
            projectTokens: [
              { project: 'shop', token: TOKEN },
              { project: 'bank', token: bankToken },
            ],
          },
        ],
      });
      stop = replica.stop;
    }

    beforeEach(async () => {
      database = await createDatabase(databases, id);
      argocd = await ReplayedArgoCd.start({ token: TOKEN });
      const [model] = readApplicationList().items;
      for (const [name, project] of [
        ['api', 'shop'],
        ['web', 'shop'],
        ['ledger', 'bank'],
        ['loans', 'bank'],
      ]) {
        argocd.put({
          ...model,
          metadata: { ...model.metadata, name, uid: `uid-${name}` },
          spec: { project, source: {} },
        });
      }
    });

    afterEach(async () => {
      await stop?.();
      stop = undefined;
      await argocd.stop();
    });

    it('keeps the applications of a project that it can’t read from its start on', async () => {
      await restart(TOKEN);
      await waitFor(async () =>
        expect(await present()).toEqual(['api', 'ledger', 'loans', 'web']),
      );

      argocd.remove('web');
      argocd.remove('loans');
      await restart('expired');
      await waitFor(async () =>
        expect(await present()).toEqual(['api', 'ledger', 'loans']),
      );
      await waitFor(async () => {
        const [instance] = await readInstances(database.knex, ['main'], '');
        expect(instance).toMatchObject({
          state: 'live',
          error: expect.stringContaining("The project 'bank'"),
        });
      });

      await restart(TOKEN);
      await waitFor(async () =>
        expect(await present()).toEqual(['api', 'ledger']),
      );
    });
  },
);
