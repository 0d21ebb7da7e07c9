import type { Application } from '@landfall/backstage-plugin-delivery-common';
import { initialState } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { decode } from '../../__testUtils__/observations';
import { promotionAt } from '../../__testUtils__/promotions';
import { readApplicationList } from '../../__testUtils__/recordings';
import { applicationKey } from '../applicationKey';
import { saveApplications } from './saveApplications';
import { savePromotions } from './promotions';
import { readWaitingForSync } from './readWaitingForSync';

const databases = createTestDatabases();
const MANUAL = 300;

describe.each(databases.eachSupportedId())('readWaitingForSync on %s', id => {
  it('finds an automated sync behind many older manual ones', async () => {
    const { knex } = await createDatabase(databases, id);
    const [model] = await decode(readApplicationList().items.slice(0, 1));
    const applications = Array.from(
      { length: MANUAL + 1 },
      (_, index): Application => ({
        ...model,
        ref: { ...model.ref, name: `app-${index}` },
        automatedSync: index === MANUAL,
      }),
    );
    await saveApplications(
      knex,
      applications.map(application => ({
        key: applicationKey(application.ref),
        ref: application.ref,
        application,
        memory: initialState(application.ref).memory,
        isNew: true,
      })),
    );
    await savePromotions(
      knex,
      applications.map(({ ref, automatedSync }) => ({
        applicationKey: applicationKey(ref),
        promotion: promotionAt(1, {
          id: ref.name,
          application: ref,
          stages: {
            committed: {
              at: automatedSync
                ? '2026-11-23T04:30:00.000Z'
                : '2026-11-23T04:00:00.000Z',
              basis: 'reported',
            },
          },
        }),
        seenAt: '2026-11-23T04:00:00.000Z',
      })),
    );

    expect(
      await readWaitingForSync(knex, {
        instance: model.ref.instance,
        committedBefore: '2026-11-23T05:00:00.000Z',
        limit: 200,
      }),
    ).toEqual([
      { ref: applications[MANUAL].ref, project: applications[MANUAL].project },
    ]);
  });
});
