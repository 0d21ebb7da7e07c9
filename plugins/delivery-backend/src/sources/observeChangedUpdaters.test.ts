import type { ImageUpdaterResource } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { holdLease } from '../__testUtils__/leases';
import { firstObservation } from '../__testUtils__/observations';
import { createTracker, observe } from '../__testUtils__/trackers';
import { applicationKey } from '../store/applicationKey';
import { readDueSummaryRequests } from '../store/operations/summaryRequests';
import { isoNow } from '../store/time';
import { observeChangedUpdaters } from './observeChangedUpdaters';

const databases = createTestDatabases();

function updater(namePattern: string): ImageUpdaterResource {
  return {
    namespace: 'argocd',
    name: 'of-the-test',
    spec: { applicationRefs: [{ namePattern, useAnnotations: true }] },
  };
}

describe.each(databases.eachSupportedId())(
  'observeChangedUpdaters on %s',
  id => {
    it.each<[string, ImageUpdaterResource[], boolean]>([
      ['that lists it', [updater('rapid')], true],
      ['that may select it', [updater('rap*')], true],
      ['that selects others', [updater('web')], false],
      ['that selected it before', [updater('rapid'), updater('web')], true],
      [
        'that only reports something else',
        [updater('rapid'), { ...updater('rapid'), error: 'unauthorized' }],
        false,
      ],
    ])(
      'summarizes an application again after a change of one %s',
      async (_, changed, expected) => {
        const database = await createDatabase(databases, id);
        const tracker = createTracker(database);
        const first = await firstObservation('superseded');
        await observe(tracker, first);
        await database.knex('summary_requests').delete();

        await observeChangedUpdaters(
          { instance: 'main', database, tracker, signalsAdded: () => {} },
          changed,
          await holdLease(database),
        );

        const due = await readDueSummaryRequests(database.knex, {
          now: isoNow(),
          limit: 10,
        });
        expect(due.map(one => one.applicationKey)).toEqual(
          expected ? [applicationKey(first.application.ref)] : [],
        );
      },
    );
  },
);
