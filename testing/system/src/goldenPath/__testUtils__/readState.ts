import {
  DescribeRepositoriesCommand,
  GetLifecyclePolicyCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-ecr';
import { runGit } from '@landfall/testing-kit';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { StandInCatalog } from './StandInCatalog';
import type { World } from './World';

const applicationsSchema = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({
          name: z.string(),
          labels: z.record(z.string(), z.string()).optional(),
          annotations: z.record(z.string(), z.string()).optional(),
          finalizers: z.array(z.string()).optional(),
        }),
        spec: z.unknown(),
      }),
    )
    .nullable(),
});

/** Everything that a service may consist of. */
export interface ServiceState {
  imageRepositories: unknown[];
  /** Commits of its source repository, and those that concern it in `deploy`, with their changes. */
  source: string;
  configuration: string;
  applications: unknown[];
  locations: string[];
  entity: unknown;
}

/**
 * What a service consists of. Whatever has its name somewhere counts, so that
 * nothing doubled is overlooked; the name itself is left out, so that two services
 * can be compared.
 */
export async function readService(
  world: World,
  catalog: StandInCatalog,
  name: string,
): Promise<ServiceState> {
  const repositories = await repositoriesOf(world);
  const state: ServiceState = {
    imageRepositories: await imageRepositories(world, name),
    source: repositories.includes(name)
      ? await history(world, name, [])
      : 'none',
    configuration: await history(world, 'deploy', [
      `apps/${name}`,
      `argocd/${name}`,
    ]),
    applications: (await applications(world)).filter(application =>
      JSON.stringify(application).includes(name),
    ),
    locations: catalog.locations.filter(location => location.includes(name)),
    entity: catalog.get(`component:default/${name}`) ?? null,
  };
  return JSON.parse(JSON.stringify(state).replaceAll(name, 'NAME'));
}

/** Everything that there is, so that a change of any of it shows. */
export async function readAll(
  world: World,
  catalog: StandInCatalog,
): Promise<object> {
  const heads: Record<string, string> = {};
  for (const name of await repositoriesOf(world)) {
    heads[name] = await runGit(world.gitDirOf(name), ['for-each-ref']);
  }
  return {
    heads,
    images: await imageRepositories(world, ''),
    applications: await applications(world),
    catalog: catalog.stored,
  };
}

async function imageRepositories({ registry }: World, name: string) {
  const { repositories = [] } = await registry.send(
    new DescribeRepositoriesCommand({}),
  );
  const found = repositories.filter(({ repositoryName }) =>
    repositoryName?.includes(name),
  );
  return Promise.all(
    found.map(async ({ createdAt, ...settings }) => {
      const { repositoryName, repositoryArn } = settings;
      const { tags } = await registry.send(
        new ListTagsForResourceCommand({ resourceArn: repositoryArn }),
      );
      const policy = await registry
        .send(new GetLifecyclePolicyCommand({ repositoryName }))
        .then(
          ({ lifecyclePolicyText }) => lifecyclePolicyText,
          () => 'none',
        );
      return { ...settings, tags, policy };
    }),
  );
}

/** All Applications, without what Argo CD itself adds. */
export async function applications(world: World) {
  const { items } = applicationsSchema.parse(
    await world.argocd('/applications'),
  );
  return (items ?? []).sort((a, b) =>
    a.metadata.name.localeCompare(b.metadata.name),
  );
}

async function repositoriesOf({ gitFolder }: World): Promise<string[]> {
  const folders = await readdir(join(gitFolder, 'shop'));
  return folders.map(folder => folder.replace(/\.git$/, '')).sort();
}

/** The commits that concern these paths, with what they changed. */
async function history(
  world: World,
  name: string,
  paths: string[],
): Promise<string> {
  const gitDir = world.gitDirOf(name);
  const heads = await runGit(gitDir, ['for-each-ref', 'refs/heads/main']);
  if (!heads) {
    return 'empty';
  }
  const text = await runGit(gitDir, [
    'log',
    '--reverse',
    '--patch',
    '--format=commit %s',
    'main',
    '--',
    ...paths,
  ]);
  // Hashes depend on the name.
  return text.replace(/^index .*$/gm, '');
}
