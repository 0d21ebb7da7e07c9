import type { RevisionResolved } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';
import { decode } from '../__testUtils__/observations';
import { readApplicationList } from '../__testUtils__/recordings';
import { createTracker } from '../__testUtils__/trackers';
import { applicationKey } from '../store/applicationKey';
import { acquireLease } from '../store/operations/leases';
import { addRevisionRequests } from '../store/operations/revisionRequests';

const databases = createTestDatabases();
const AT = '2026-11-23T06:00:00.000Z';
const REPO = 'https://git.example.com/deploy.git';

function resolved(revision: string): RevisionResolved {
  return {
    kind: 'revision-resolved',
    repoUrl: REPO,
    revision,
    author: 'a',
    date: AT,
    message: 'm',
    seenAt: AT,
  };
}

describe.each(databases.eachSupportedId())('RevisionObserver on %s', id => {
  /** Two applications; each needs all of the revisions. */
  async function setUp(revisions: readonly string[]) {
    const database = await createDatabase(databases, id);
    const tracker = createTracker(database);
    const applications = await decode(readApplicationList().items.slice(0, 2));
    await tracker.observeList({ instance: 'main', applications, seenAt: AT });
    await database.knex('revision_requests').delete();
    for (const { ref } of applications) {
      await addRevisionRequests(
        database.knex,
        revisions.map(revision => ({
          applicationKey: applicationKey(ref),
          instance: 'main',
          revision: { kind: 'resolve-revision', repoUrl: REPO, revision },
        })),
        AT,
      );
    }
    const stored = (): Promise<string[]> =>
      database
        .knex('revisions')
        .where({ repo_url: REPO })
        .orderBy('revision')
        .pluck('revision');
    const wanted = (): Promise<string[]> =>
      database.knex('revision_requests').distinct().pluck('revision');
    return { database, tracker, stored, wanted };
  }

  const REVISIONS = ['a', 'b', 'c', 'd', 'e'];

  it('stores revisions that arrive together in few transactions', async () => {
    const { database, tracker, stored, wanted } = await setUp(REVISIONS);
    const transaction = jest.spyOn(database, 'transaction');

    await Promise.all(
      REVISIONS.map(one => tracker.observeRevision(resolved(one))),
    );

    // The first one, and all that arrived meanwhile.
    expect(transaction).toHaveBeenCalledTimes(2);
    expect(await stored()).toEqual(REVISIONS);
    expect(await wanted()).toEqual([]);
  });

  it('keeps those of a lost lease and of an abandoned run from writing, and no others', async () => {
    const { database, tracker, stored, wanted } = await setUp(REVISIONS);
    const lease = { name: 'l', owner: 'me' };
    await acquireLease(database.knex, { ...lease, ttlMs: 60_000 });
    const fences = [
      lease,
      lease,
      { ...lease, owner: 'former' },
      { ...lease, abandoned: AbortSignal.abort() },
      lease,
    ];

    const results = await Promise.allSettled(
      REVISIONS.map((one, index) =>
        tracker.observeRevision(resolved(one), fences[index]),
      ),
    );

    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
      'rejected',
      'fulfilled',
    ]);
    expect(await stored()).toEqual(['a', 'b', 'e']);
    expect((await wanted()).sort()).toEqual(['c', 'd']);
  });

  it('refuses only the revision that can’t be stored', async () => {
    const { tracker, stored } = await setUp(['a']);
    await expect(
      tracker.observeRevision({ ...resolved('b'), date: 'yesterday' }),
    ).rejects.toThrow("A revision can't be stored");
    await tracker.observeRevision(resolved('a'));
    expect(await stored()).toEqual(['a']);
  });
});
