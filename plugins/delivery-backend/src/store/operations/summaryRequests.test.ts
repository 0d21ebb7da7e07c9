import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import {
  addSummaryRequests,
  readDueSummaryRequests,
  requestAllSummaries,
  settleSummaryRequests,
} from './summaryRequests';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const LATER = '2026-11-23T04:01:00.000Z';

describe.each(databases.eachSupportedId())('summary requests on %s', id => {
  let knex: Knex;

  beforeEach(async () => {
    ({ knex } = await createDatabase(databases, id));
    await knex('applications').insert(
      ['a', 'b', 'gone'].map(key => ({
        key,
        instance: 'main',
        namespace: 'argocd',
        name: key,
        memory: '',
        gone_at: key === 'gone' ? AT : null,
      })),
    );
  });

  const due = async (now = AT) =>
    (await readDueSummaryRequests(knex, { now, limit: 10 }))
      .map(({ applicationKey }) => applicationKey)
      .sort();

  it('are done once, unless the application changes meanwhile', async () => {
    await addSummaryRequests(knex, ['a', 'b'], AT);
    const requests = await readDueSummaryRequests(knex, { now: AT, limit: 10 });
    await addSummaryRequests(knex, ['b'], AT);
    await settleSummaryRequests(knex, requests, {
      keys: new Set(),
      at: LATER,
    });
    expect(await due()).toEqual(['b']);
  });

  it('are due again later if the summary changes with time', async () => {
    await addSummaryRequests(knex, ['a', 'b'], AT);
    const requests = await readDueSummaryRequests(knex, { now: AT, limit: 10 });
    await addSummaryRequests(knex, ['b'], AT);
    await settleSummaryRequests(knex, requests, {
      keys: new Set(['a', 'b']),
      at: LATER,
    });
    expect(await due()).toEqual(['b']);
    expect(await due(LATER)).toEqual(['a', 'b']);
  });

  it('are made for all applications that are there, or still have a summary', async () => {
    await requestAllSummaries(knex, { now: AT, perSecond: 100 });
    expect(await due(LATER)).toEqual(['a', 'b']);
    await knex('application_summaries').insert({
      application_key: 'gone',
      instance: 'main',
      environment: 'dev',
      cluster: '',
      severity: 0,
      is_stuck: 0,
      is_degraded: 0,
      is_out_of_sync: 0,
      is_updating: 0,
      has_update: 0,
      document: '{}',
    });
    await requestAllSummaries(knex, { now: AT, perSecond: 100 });
    expect(await due(LATER)).toEqual(['a', 'b', 'gone']);
  });

  it('become due one after another where all are requested', async () => {
    await requestAllSummaries(knex, { now: AT, perSecond: 0.5 });
    expect(await due()).toEqual(['a']);
    expect(await due('2026-11-23T04:00:01.999Z')).toEqual(['a']);
    expect(await due('2026-11-23T04:00:02.000Z')).toEqual(['a', 'b']);
  });

  it('stay due where all are requested as well', async () => {
    await addSummaryRequests(knex, ['b'], AT);
    await requestAllSummaries(knex, { now: LATER, perSecond: 100 });
    expect(await due()).toEqual(['b']);
  });
});
