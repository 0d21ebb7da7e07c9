import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { isMessageCode } from '@landfall/backstage-plugin-delivery-common';
import {
  createDatabase,
  createTestDatabases,
} from '../__testUtils__/databases';

const NAME = '20261129300000_reason_codes.js';
const directory = resolvePackagePath(
  '@landfall/backstage-plugin-delivery-backend',
  'migrations',
);
const databases = createTestDatabases();

const AT = '2026-11-23T04:00:00.000Z';
const LATER = '2026-11-23T05:00:00.000Z';

interface Example {
  outcome: string;
  text: string;
  code: string;
  parameters?: Record<string, string>;
  synced?: boolean;
}

const MIRROR = 'registry.example.com:5000/mirror/shop/api';

const EXAMPLES: Example[] = [
  {
    outcome: 'superseded',
    text: 'Replaced by 1.0.1',
    code: 'replaced',
    parameters: { version: '1.0.1' },
  },
  {
    outcome: 'superseded',
    text: 'Replaced by latest@sha256:6880eea',
    code: 'replaced',
    parameters: { version: 'latest@sha256:6880eea' },
  },
  {
    outcome: 'superseded',
    text: 'Passed by 1.0.1',
    code: 'passed-by',
    parameters: { version: '1.0.1' },
  },
  {
    outcome: 'superseded',
    text: 'Passed by 1.0.6 and others that were pushed after it',
    code: 'passed-by-many',
    parameters: { version: '1.0.6' },
  },
  {
    outcome: 'rolled-back',
    text: 'Rolled back to 1.0.0',
    code: 'rolled-back',
    parameters: { version: '1.0.0' },
  },
  {
    outcome: 'rolled-back',
    text: 'Rolled back to 1.0.0 by Jo by the Sea',
    code: 'rolled-back-by',
    parameters: { version: '1.0.0', user: 'Jo by the Sea' },
  },
  {
    outcome: 'abandoned',
    text: 'The image was removed from the registry before it was deployed',
    code: 'image-removed',
  },
  {
    outcome: 'superseded',
    text: `The image comes from ${MIRROR} now`,
    code: 'image-moved',
    parameters: { repository: MIRROR },
  },
  {
    outcome: 'superseded',
    text: 'The application no longer uses the image',
    code: 'image-unused',
  },
  {
    outcome: 'abandoned',
    text: 'The application is gone',
    code: 'application-gone',
  },
  {
    outcome: 'failed',
    text: 'The application is Degraded',
    code: 'degraded-unexplained',
    synced: true,
  },
  {
    outcome: 'failed',
    text: 'Deployment api: "api" exceeded its progress deadline',
    code: 'degraded',
    parameters: {
      message: 'Deployment api: "api" exceeded its progress deadline',
    },
    synced: true,
  },
  {
    outcome: 'failed',
    text: 'one or more synchronization tasks failed',
    code: 'sync-failed',
    parameters: { message: 'one or more synchronization tasks failed' },
  },
  {
    // Another system's text stays as it is, although it looks like ours.
    outcome: 'failed',
    text: 'Replaced by 1.0.1',
    code: 'sync-failed',
    parameters: { message: 'Replaced by 1.0.1' },
  },
  {
    outcome: 'superseded',
    text: 'Written by hand',
    code: 'other',
    parameters: { text: 'Written by hand' },
  },
];

function promotion(index: number, { outcome, synced }: Example) {
  return {
    id: `p${String(index).padStart(3, '0')}`,
    version: { tag: '1.0.0' },
    stages: synced ? { synced: { at: AT, basis: 'reported' } } : {},
    outcome,
    outcomeAt: { at: LATER, basis: 'reported' },
  };
}

describe.each(databases.eachSupportedId())('stored reasons on %s', id => {
  const stored = EXAMPLES.map((example, index) => ({
    ...promotion(index, example),
    reason: example.text,
  }));
  const converted = EXAMPLES.map((example, index) => ({
    ...promotion(index, example),
    reason: {
      code: `promotion.${example.code}`,
      parameters: example.parameters ?? {},
    },
  }));

  async function setUp(documents: { id: string }[]) {
    const { knex } = await createDatabase(databases, id);
    await knex.migrate.down({ directory, name: NAME });
    await knex('applications').insert({
      key: 'key',
      instance: 'main',
      namespace: 'argocd',
      name: 'api',
      memory: '{}',
    });
    await knex.batchInsert(
      'promotions',
      documents.map(document => ({
        id: document.id,
        application_key: 'key',
        repository: 'registry.example.com/shop/api',
        started_at: AT,
        moved_at: AT,
        document: JSON.stringify(document),
      })),
      50,
    );
    const documentsNow = async () => {
      const texts = await knex('promotions').orderBy('id').pluck('document');
      return texts.map(text => JSON.parse(text));
    };
    return { knex, documentsNow };
  }

  it('become codes of the catalogue, and sentences again', async () => {
    const { knex, documentsNow } = await setUp(stored);

    await knex.migrate.up({ directory, name: NAME });
    expect(await documentsNow()).toEqual(converted);
    for (const { reason } of converted) {
      expect(isMessageCode(reason.code)).toBe(true);
    }

    await knex.migrate.down({ directory, name: NAME });
    expect(await documentsNow()).toEqual(stored);
  });

  it('of failures include the stage reached', async () => {
    const failure = (at: string, reason?: string) => ({
      failure: { at: { at, basis: 'reported' }, ...(reason && { reason }) },
    });
    const base = promotion(0, { ...EXAMPLES[0], synced: true });
    const { knex, documentsNow } = await setUp([
      { ...base, id: 'a', ...failure('2026-11-23T03:00:00.000Z', 'hook') },
      { ...base, id: 'b', ...failure(LATER, 'crash') },
      { ...base, id: 'c', ...failure(LATER) },
      { ...base, id: 'd' },
    ]);

    await knex.migrate.up({ directory, name: NAME });

    const reasons = (await documentsNow()).map(one => one.failure?.reason);
    expect(reasons).toEqual([
      { code: 'promotion.sync-failed', parameters: { message: 'hook' } },
      { code: 'promotion.degraded', parameters: { message: 'crash' } },
      undefined,
      undefined,
    ]);
  });

  it('are converted in every batch, including notifications', async () => {
    const [example] = stored;
    const many = Array.from({ length: 450 }, (_, index) => ({
      ...example,
      id: `m${String(index).padStart(4, '0')}`,
    }));
    const { knex, documentsNow } = await setUp(many);
    await knex('notices').insert({
      message: JSON.stringify({ kind: 'failed', promotion: example }),
      created_at: AT,
      attempts: 0,
      next_attempt_at: AT,
    });

    await knex.migrate.up({ directory, name: NAME });

    const codes = new Set(
      (await documentsNow()).map(({ reason }) => reason.code),
    );
    expect(codes).toEqual(new Set(['promotion.replaced']));
    const [message] = await knex('notices').pluck('message');
    expect(JSON.parse(message)).toEqual({
      kind: 'failed',
      promotion: converted[0],
    });
  });
});
