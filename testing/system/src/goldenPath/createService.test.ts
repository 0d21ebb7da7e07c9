import type { Entity } from '@backstage/catalog-model';
import type { Death } from './__testUtils__/Life';
import { OBSTACLES } from './__testUtils__/obstacles';
import {
  readAll,
  readService,
  type ServiceState,
} from './__testUtils__/readState';
import { StandInCatalog } from './__testUtils__/StandInCatalog';
import {
  mortalTemplate,
  type RunResult,
  TemplateRuns,
} from './__testUtils__/TemplateRuns';
import { World } from './__testUtils__/World';

const TEAM = 'group:default/shop-team';

function entity(
  kind: string,
  name: string,
  relations: Record<string, string> = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, namespace: 'default' },
    relations: Object.entries(relations).map(([type, targetRef]) => ({
      type,
      targetRef,
    })),
  };
}

/**
 * The real template and the real actions, against the sandbox. Steps and writes are
 * where a portal can be killed; between two writes, nothing outside of it changes.
 */
describe('create-service', () => {
  const { entity: template, steps } = mortalTemplate();
  let world: World;
  let catalog: StandInCatalog;
  let runs: TemplateRuns;
  /** What an uninterrupted run makes, and its writes. */
  let expected: ServiceState;
  let writes: string[];
  let count = 0;

  beforeAll(async () => {
    world = await World.start();
    catalog = new StandInCatalog(world.life, [
      template,
      entity('System', 'shop', { ownedBy: TEAM }),
      entity('Group', 'shop-team'),
    ]);
    runs = await TemplateRuns.start(world, catalog, [TEAM]);
    const name = newName();
    world.life.begin();
    const { error } = await runs.run(valuesOf(name));
    if (error) {
      throw new Error(error);
    }
    writes = world.life.writes.map(write => write.replaceAll(name, 'NAME'));
    expected = await readService(world, catalog, name);
  }, 120_000);
  afterAll(async () => {
    await runs?.stop();
    await world?.stop();
  });

  function newName(): string {
    count += 1;
    return `item${String(count).padStart(2, '0')}`;
  }

  function valuesOf(name: string) {
    return {
      name,
      system: 'system:default/shop',
      owner: TEAM,
      environments: ['dev', 'prod'],
      updatePolicy: 'any',
    };
  }

  it('makes one of each', () => {
    expect(writes).toEqual([
      'ecr CreateRepository',
      'ecr PutLifecyclePolicy',
      'argocd /api/v1/applications create NAME-dev',
      'argocd /api/v1/applications create NAME-prod',
      'git /shop/deploy.git/git-receive-pack',
      'argocd /api/v1/applications update NAME-dev',
      'argocd /api/v1/applications update NAME-prod',
      'git /api/v1/orgs/shop/repos',
      'git /shop/NAME.git/git-receive-pack',
      expect.stringMatching(/^location .*\/NAME\/.*catalog-info.yaml$/),
    ]);
    expect(expected.imageRepositories).toHaveLength(1);
    expect(expected.applications).toHaveLength(2);
    expect(expected.locations).toHaveLength(1);
    expect(expected.source.match(/^commit .*/gm)).toEqual([
      'commit feat: begin NAME',
    ]);
    expect(expected.configuration.match(/^commit .*/gm)).toEqual([
      'commit feat: add the service NAME',
    ]);
  });

  it('has an environment pull from the image repository of its region', async () => {
    const files = await runs.preview({
      ...valuesOf('regional'),
      regions: [{ environment: 'prod', region: 'us-east-1' }],
    });
    const repositories = ['dev', 'prod'].map(environment => [
      /repository: "(.*)"/.exec(
        files[`delivery/apps/regional/values-${environment}.yaml`],
      )?.[1],
      /image-list: "app=(.*):\*"/.exec(
        files[`delivery/argocd/regional/regional-${environment}.yaml`],
      )?.[1],
    ]);
    const host = (region: string) =>
      `000000000000.dkr.ecr.${region}.amazonaws.com/shop/regional`;
    expect(repositories).toEqual([
      [host('eu-west-1'), host('eu-west-1')],
      [host('us-east-1'), host('us-east-1')],
    ]);
  });

  /** Runs until the portal is killed there. */
  async function die(death: Death, name: string, task?: RunResult) {
    world.life.begin(death);
    const result = await runOn(name, task);
    expect(result.error).toBeDefined();
    expect(world.life.isOver).toBe(true);
    return result;
  }

  /** Runs to the end, and reads what it came to. */
  async function finish(name: string, task?: RunResult) {
    world.life.begin();
    const { error } = await runOn(name, task);
    return error ?? readService(world, catalog, name);
  }

  /** Resumes a task, or begins one. */
  function runOn(name: string, task?: RunResult): Promise<RunResult> {
    return task ? runs.resume(task) : runs.run(valuesOf(name));
  }

  it('comes to the same if it is killed after each of its steps, and resumed', async () => {
    const name = newName();
    let task: RunResult | undefined;
    for (const afterStep of steps) {
      task = await die({ afterStep }, name, task);
    }
    await expect(finish(name, task)).resolves.toEqual(expected);
  }, 120_000);

  it.each([
    ['resumed', true],
    ['retried from the start', false],
  ])(
    'comes to the same if it is killed at each of its writes, and %s',
    async (_, isResumed) => {
      const name = newName();
      const done: string[] = [];
      let task: RunResult | undefined;
      for (const write of writes) {
        const dead = await die({ atWriteBeyond: done }, name, task);
        done.push(...world.life.writes.slice(-1));
        expect(done.at(-1)).toEqual(write.replaceAll('NAME', name));
        task = isResumed ? dead : undefined;
      }
      await expect(finish(name, task)).resolves.toEqual(expected);
    },
    120_000,
  );

  it.each(Object.entries(OBSTACLES))(
    'changes nothing at all if another owner’s %s has its name',
    async (_, { put, message }) => {
      const name = newName();
      await put({ world, catalog, name });
      const before = await readAll(world, catalog);
      world.life.begin();
      const { error } = await runs.run(valuesOf(name));
      expect(error).toMatch(message);
      expect(world.life.writes).toEqual([]);
      await expect(readAll(world, catalog)).resolves.toEqual(before);
    },
  );

  it.each(Object.entries(OBSTACLES))(
    'leaves another owner’s %s alone that appears right before its own write',
    async (_, { put, read, after, message, lateMessage = message }) => {
      const place = { world, catalog, name: newName() };
      let before: unknown;
      world.life.begin();
      world.life.betweenSteps = async step => {
        if (step === after) {
          await put(place);
          before = await read(place);
        }
      };
      const { error } = await runs.run(valuesOf(place.name));
      expect(error).toMatch(lateMessage);
      expect(before).toBeDefined();
      await expect(read(place)).resolves.toEqual(before);
    },
  );
});
