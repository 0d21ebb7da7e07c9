import type { Observation } from '@landfall/backstage-plugin-delivery-common';
import { mockServices } from '@backstage/backend-test-utils';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { observationsOf } from '../__testUtils__/observations';
import { addToSignalOutbox } from '../store/operations/signalOutbox';
import { selectApplications } from './selectApplications';
import { UnitOfWork } from './UnitOfWork';

const databases = createTestDatabases();

describe.each(databases.eachSupportedId())('UnitOfWork on %s', id => {
  let first: Observation;
  beforeAll(async () => {
    [first] = await observationsOf('helmvalues');
  });

  async function setUp() {
    const database = await createDatabase(databases, id);
    const { knex } = database;
    const statements: string[] = [];
    knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
    /** What was stored when the listener was notified. */
    const stored: Promise<number>[] = [];
    const unitOfWork = UnitOfWork.create({
      database,
      logger: mockServices.logger.mock(),
      listener: {
        signalsAdded: () => {
          stored.push(
            knex('outbox')
              .select()
              .then(rows => rows.length),
          );
        },
        revisionsRequested: () => {},
        repositoriesAdded: () => {},
      },
    });
    if (first.kind !== 'application-observed') {
      throw new Error('The recording begins with something else');
    }
    const observations = [first];
    return { knex, unitOfWork, statements, stored, observations };
  }

  it('notifies the listener after the commit', async () => {
    const { unitOfWork, stored, observations } = await setUp();

    await unitOfWork.reduce({
      select: tx => selectApplications(tx, observations),
    });

    expect(await Promise.all(stored)).toEqual([1]);
  });

  it('reports whether signals were saved in the transaction', async () => {
    const { unitOfWork, stored } = await setUp();
    const select = async () => ({ rows: [], observationsOf: () => [] });

    await unitOfWork.reduce({ select });
    expect(stored).toHaveLength(0);

    await unitOfWork.reduce({
      select,
      saveAlong: async tx => {
        await addToSignalOutbox(tx, {
          keys: ['repository'],
          appeared: false,
          instances: false,
        });
        return true;
      },
    });
    expect(await Promise.all(stored)).toEqual([1]);
  });

  it('writes nothing and notifies nobody if a further save fails', async () => {
    const { knex, unitOfWork, stored, observations } = await setUp();

    await expect(
      unitOfWork.reduce({
        select: tx => selectApplications(tx, observations),
        saveAlong: async () => {
          throw new Error('refused');
        },
      }),
    ).rejects.toThrow('refused');

    expect(stored).toHaveLength(0);
    expect(await knex('applications').select()).toEqual([]);
  });

  it('reads the ImageUpdaters of an application once in a transaction', async () => {
    const { unitOfWork, statements, observations } = await setUp();

    await unitOfWork.reduce({
      select: tx => selectApplications(tx, observations),
    });

    expect(
      statements.filter(sql => sql.includes('image_updater_patterns')),
    ).toHaveLength(1);
  });
});
