import type { Entity } from '@backstage/catalog-model';
import azureModule from '@backstage/plugin-scaffolder-backend-module-azure';
import bitbucketCloudModule from '@backstage/plugin-scaffolder-backend-module-bitbucket-cloud';
import bitbucketServerModule from '@backstage/plugin-scaffolder-backend-module-bitbucket-server';
import gitlabModule from '@backstage/plugin-scaffolder-backend-module-gitlab';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readAll } from '../goldenPath/__testUtils__/readState';
import { StandInCatalog } from '../goldenPath/__testUtils__/StandInCatalog';
import {
  mortalTemplate,
  TemplateRuns,
} from '../goldenPath/__testUtils__/TemplateRuns';
import { World } from '../goldenPath/__testUtils__/World';
import { HOSTS } from './__testUtils__/hosts';
import { interceptHost } from './__testUtils__/interceptHost';
import { Repositories } from './__testUtils__/Repositories';

const TEAM = 'group:default/shop-team';
const MODULES = {
  gitlab: gitlabModule,
  bitbucketCloud: bitbucketCloudModule,
  bitbucketServer: bitbucketServerModule,
  azure: azureModule,
};
const CI_FILES = [
  '.github',
  '.gitlab-ci.yml',
  'azure-pipelines.yml',
  'bitbucket-pipelines.yml',
];
/** The title of the output with what Backstage's own action returned. */
const PUBLISHED = 'published';

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

const textsSchema = z.object({
  output: z.object({ text: z.array(z.record(z.string(), z.string())) }),
});

/** The template, with an output of its publish steps. */
function template(): Entity {
  const { entity: created, steps } = mortalTemplate();
  const outputs = steps
    .filter(id => id.startsWith('publish'))
    .map(id => `steps.${id}.output`);
  return {
    ...created,
    spec: {
      ...created.spec,
      output: {
        text: [
          ...textsSchema.parse(created.spec).output.text,
          {
            title: PUBLISHED,
            content: `\${{ (${outputs.join(' or ')} or {}) | dump }}`,
          },
        ],
      },
    },
  };
}

/**
 * The real template, its real actions and those of Backstage, against stand-ins of
 * the Git hosts' APIs and real Git.
 */
describe.each(HOSTS)('create-service on $type', host => {
  let folder: string;
  let world: World;
  let repositories: Repositories;
  let catalog: StandInCatalog;
  let runs: TemplateRuns;
  let stopIntercepting: () => void;
  let count = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'landfall-publishers-'));
    world = await World.start();
    repositories = await Repositories.start(folder);
    catalog = new StandInCatalog(world.life, [
      template(),
      entity('System', 'shop', { ownedBy: TEAM }),
      entity('Group', 'shop-team'),
    ]);
    stopIntercepting = interceptHost(host, repositories);
    runs = await TemplateRuns.start(world, catalog, [TEAM], {
      module: MODULES[host.type],
      integrations: { [host.type]: [host.integration] },
      parameters: host.parameters,
    });
  }, 120_000);
  afterAll(async () => {
    stopIntercepting?.();
    await runs?.stop();
    await repositories?.stop();
    await world?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  function service() {
    count += 1;
    const name = `item${count}`;
    const expected = host.expected(name);
    world.life.begin();
    return {
      name,
      expected,
      run: () =>
        runs.run({
          name,
          system: 'system:default/shop',
          owner: TEAM,
          environments: ['dev'],
          updatePolicy: 'any',
        }),
      heads: () => repositories.git(expected.repository, 'for-each-ref'),
      created: () =>
        repositories.created.filter(one => one === expected.repository),
    };
  }

  it('publishes the source repository, and changes nothing when it is run again', async () => {
    const { run, heads, created, expected } = service();
    const { error, texts } = await run();
    expect(error).toBeUndefined();
    expect(JSON.parse(texts[PUBLISHED])).toMatchObject(expected.published);
    expect(created()).toHaveLength(1);
    expect(catalog.locations).toContain(`url:${expected.catalogInfoUrl}`);
    const subjects = await repositories.git(
      expected.repository,
      'log',
      '--format=%s',
      'main',
    );
    expect(subjects).toMatch(/^feat: begin item\d+\n$/);

    const files = await repositories.git(
      expected.repository,
      'ls-tree',
      '--name-only',
      'main',
    );
    expect(files.split('\n').filter(name => CI_FILES.includes(name))).toEqual(
      host.ci.files,
    );
    expect(texts['What was done']).toContain(host.ci.text);

    const before = [await heads(), await readAll(world, catalog)];
    const again = await run();
    expect(again.error).toBeUndefined();
    expect(JSON.parse(again.texts[PUBLISHED])).toEqual({});
    expect([await heads(), await readAll(world, catalog)]).toEqual(before);
    expect(created()).toHaveLength(1);
  });

  it('fills a repository that an interrupted run left empty', async () => {
    const { run, created, expected } = service();
    await repositories.prepare(expected.repository);
    const { error } = await run();
    expect(error).toBeUndefined();
    expect(created()).toEqual([]);
    await expect(
      repositories.read(expected.repository, 'main', 'catalog-info.yaml'),
    ).resolves.toContain(TEAM);
    expect(catalog.locations).toContain(`url:${expected.catalogInfoUrl}`);
  });

  it('changes nothing if the repository is somebody else’s', async () => {
    const { name, run, heads, created, expected } = service();
    await repositories.fill(expected.repository, {
      'catalog-info.yaml': `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { owner: pay-team }\n`,
    });
    const before = [await heads(), await readAll(world, catalog)];
    const { error } = await run();
    expect(error).toMatch(
      /is owned by group:default\/pay-team, not by group:default\/shop-team/,
    );
    expect([await heads(), await readAll(world, catalog)]).toEqual(before);
    expect(created()).toEqual([]);
    expect(world.life.writes).toEqual([]);
  });
});
