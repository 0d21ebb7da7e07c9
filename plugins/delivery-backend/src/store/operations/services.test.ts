import type { Knex } from 'knex';
import {
  createDatabase,
  createTestDatabases,
} from '../../__testUtils__/databases';
import { promotionAt, store } from '../../__testUtils__/promotions';
import { applicationKey } from '../applicationKey';
import type { DeliveryDatabase } from '../DeliveryDatabase';
import { bucketsOf, scopes } from '../scopes';
import {
  readServicesOfApplications,
  replaceApplicationsOfService,
  replaceServicesOfApplications,
} from './serviceApplications';
import {
  deleteServices,
  readClaims,
  readDueServices,
  readServiceRefs,
  saveServices,
  type ServiceToSave,
} from './services';
import { readVersion } from './storeVersions';

const databases = createTestDatabases();
const AT = '2026-11-23T04:00:00.000Z';
const LATER = '2026-11-23T05:00:00.000Z';

function service(
  name: string,
  changes: Partial<ServiceToSave> = {},
): ServiceToSave {
  const entityRef = `component:default/${name}`;
  return {
    entityRef,
    kind: 'Component',
    namespace: 'default',
    name,
    claim: {
      claimant: { ref: entityRef, owners: ['group:default/shop'] },
      locator: { names: [{ name }], problems: [] },
    },
    ...changes,
  };
}

async function due(knex: Knex): Promise<string[]> {
  const services = await readDueServices(knex, 10);
  return services.map(({ entityRef }) => entityRef).sort();
}

describe.each(databases.eachSupportedId())('services on %s', id => {
  let database: DeliveryDatabase;
  let knex: Knex;
  const keys = ['api-dev', 'api-prod'].map(name =>
    applicationKey({ instance: 'main', namespace: 'argocd', name }),
  );

  beforeEach(async () => {
    database = await createDatabase(databases, id);
    knex = database.knex;
    await store(
      database,
      ['api-dev', 'api-prod'].map((name, minute) =>
        promotionAt(minute, {
          application: { instance: 'main', namespace: 'argocd', name },
        }),
      ),
    );
  });

  const save = (services: ServiceToSave[], at = AT) =>
    database.transaction(tx => saveServices(tx, services, at));

  it('are due when they are new, or claim something else', async () => {
    expect(await save([service('api'), service('web')])).toBe(true);
    expect(await due(knex)).toEqual([
      'component:default/api',
      'component:default/web',
    ]);
    for (const one of await readDueServices(knex, 10)) {
      await replaceApplicationsOfService(knex, one, []);
    }
    expect(await due(knex)).toEqual([]);

    expect(await save([service('api', { title: 'The API' })], LATER)).toBe(
      false,
    );
    expect(await due(knex)).toEqual([]);

    const renamed = service('web');
    renamed.claim.locator.names = [{ name: 'web-2' }];
    expect(await save([renamed], LATER)).toBe(true);
    expect(await due(knex)).toEqual(['component:default/web']);
    expect(await readClaims(knex)).toContainEqual(renamed.claim);
  });

  it('stay due if they change while their applications are determined', async () => {
    await save([service('api')]);
    const [before] = await readDueServices(knex, 10);
    const changed = service('api');
    changed.claim.claimant.owners = [];
    await save([changed], LATER);

    await replaceApplicationsOfService(knex, before, [keys[0]]);
    const [after] = await readDueServices(knex, 10);
    expect(after.claim.claimant.owners).toEqual([]);
    await replaceApplicationsOfService(knex, after, []);
    expect(await due(knex)).toEqual([]);
    expect(await readServicesOfApplications(knex, keys)).toEqual(new Map());
  });

  it('are deleted with their links once the catalog has not had them for a while', async () => {
    await save([service('api'), service('web')]);
    await replaceServicesOfApplications(knex, [
      {
        applicationKey: keys[0],
        entityRefs: ['component:default/api', 'component:default/web'],
      },
    ]);
    await save([service('web')], LATER);
    expect(await deleteServices(knex, '2026-11-23T04:30:00.000Z')).toBe(1);
    expect(await readServiceRefs(knex)).toEqual(['component:default/web']);
    expect(await readServicesOfApplications(knex, keys)).toEqual(
      new Map([[keys[0], ['component:default/web']]]),
    );
  });

  it('count a version only when something changes', async () => {
    const version = () => readVersion(knex, bucketsOf([scopes.services]));
    await save([service('api')]);
    const before = await version();
    await save([service('api')], LATER);
    expect(await version()).toBe(before);
    await save([service('api', { owner: 'group:default/other' })], LATER);
    expect(await version()).not.toBe(before);
  });

  it('have exactly the applications that were last determined', async () => {
    await save([service('api'), service('web')]);
    const replace = (index: number, ...names: string[]) =>
      replaceServicesOfApplications(knex, [
        {
          applicationKey: keys[index],
          entityRefs: names.map(name => `component:default/${name}`),
        },
      ]);
    expect(await replace(0, 'api', 'web')).toBe(true);
    expect(await replace(0, 'api', 'web')).toBe(false);
    expect(await replace(1, 'api')).toBe(true);
    expect(await replace(0, 'web')).toBe(true);
    expect(await readServicesOfApplications(knex, keys)).toEqual(
      new Map([
        [keys[0], ['component:default/web']],
        [keys[1], ['component:default/api']],
      ]),
    );
  });

  it('leave out what was deleted meanwhile', async () => {
    await save([service('api')]);
    expect(
      await replaceServicesOfApplications(knex, [
        { applicationKey: 'gone', entityRefs: ['component:default/api'] },
        { applicationKey: keys[0], entityRefs: ['component:default/gone'] },
      ]),
    ).toBe(false);
    expect(
      await replaceApplicationsOfService(
        knex,
        { entityRef: 'component:default/gone', token: 't' },
        [keys[0]],
      ),
    ).toBe(false);
    await knex('applications').where({ key: keys[0] }).delete();
    expect(await readServicesOfApplications(knex, keys)).toEqual(new Map());
  });

  it('keep texts that the database would refuse', async () => {
    await save([service('api', { title: 'a\0b\ud800' })]);
    expect(await knex('services').pluck('title')).toEqual(['a\ufffdb\ufffd']);
  });
});
