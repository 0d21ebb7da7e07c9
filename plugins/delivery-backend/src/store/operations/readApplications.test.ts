import {
  type Requirement,
  selects,
} from '@landfall/backstage-plugin-delivery-common';
import fc from 'fast-check';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { applicationKey } from '../applicationKey';
import {
  type ApplicationFilter,
  countApplications,
  findApplications,
} from './readApplications';
import { replaceLabels } from './saveApplications';

const databases = createTestDatabases();

const KEYS = ['app', 'env', 'example.com/tier', 'toString', '__proto__'];
const VALUES = ['', 'api', 'API', 'dev', 'ä', "o'neil", '%'];

const labelsArbitrary = fc
  .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), {
    maxLength: 4,
  })
  .map((entries): Record<string, string> => Object.fromEntries(entries));

const requirementArbitrary: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('exists' as const, 'absent' as const),
  }),
  fc.record({
    key: fc.constantFrom(...KEYS),
    operator: fc.constantFrom('in' as const, 'notin' as const),
    values: fc.array(fc.constantFrom(...VALUES), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
);

describe.each(databases.eachSupportedId())('findApplications on %s', id => {
  async function setUp(labelSets: Record<string, string>[]) {
    const { knex } = await createDatabase(databases, id);
    const applications = labelSets.map((labels, index) => {
      const ref = {
        instance: 'main',
        namespace: 'argocd',
        name: `app-${String(index).padStart(3, '0')}`,
      };
      return { key: applicationKey(ref), ref, labels };
    });
    await knex.batchInsert(
      'applications',
      applications.map(({ key, ref, labels }) => ({
        key,
        ...ref,
        project: 'shop',
        state: JSON.stringify({ ref, labels }),
        memory: JSON.stringify({ position: 1, runs: [] }),
      })),
      50,
    );
    await replaceLabels(knex, applications);
    const find = async (filter: ApplicationFilter) =>
      (await findApplications(knex, filter)).map(
        ({ application }) => application.ref.name,
      );
    return { knex, applications, find };
  }

  it('finds and counts the selected applications', async () => {
    const labelSets = fc.sample(labelsArbitrary, { numRuns: 60, seed: 1 });
    const { knex, applications, find } = await setUp(labelSets);
    await fc.assert(
      fc.asyncProperty(
        fc.array(requirementArbitrary, { maxLength: 4 }),
        async selector => {
          const expected = applications
            .filter(({ labels }) => selects(selector, labels))
            .map(({ ref }) => ref.name);
          expect(await find({ selector })).toEqual(expected);
          expect(await countApplications(knex, { selector })).toBe(
            expected.length,
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('accepts more values than a statement can bind', async () => {
    const { find } = await setUp([{ app: 'api' }, { app: 'web' }, {}]);
    const many = Array.from({ length: 70_000 }, (_, index) => `x${index}`);

    expect(await find({ names: [...many, 'app-001'] })).toEqual(['app-001']);
    expect(
      await find({
        selector: [{ key: 'app', operator: 'in', values: [...many, 'api'] }],
      }),
    ).toEqual(['app-000']);
    expect(
      await find({
        selector: [{ key: 'app', operator: 'notin', values: [...many, 'api'] }],
      }),
    ).toEqual(['app-001', 'app-002']);
  });

  it('finds nothing by values that can’t be stored', async () => {
    const { find } = await setUp([{}]);
    expect(await find({ names: ['a\0b'] })).toEqual([]);
    expect(await find({ project: '\0' })).toEqual([]);
    expect(await find({ namespace: 'argocd\0' })).toEqual([]);
  });

  it('reads the first of many, with only the sync windows of their state', async () => {
    const { knex } = await setUp([{}, {}, {}]);
    const windows = { at: 't', active: [], assigned: [] };
    await knex('applications')
      .where('name', 'app-001')
      .update({ memory: JSON.stringify({ runs: [], syncWindows: windows }) });
    await knex('applications').where('name', 'app-000').update({ memory: '' });

    const found = await findApplications(knex, {}, { limit: 2 });

    expect(found.map(({ application }) => application.ref.name)).toEqual([
      'app-000',
      'app-001',
    ]);
    expect(found[0]).not.toHaveProperty('syncWindows');
    expect(found[1].syncWindows).toEqual(windows);
  });
});
