import { z } from 'zod';
import type { SandboxConfig } from '../../config';
import type { CommandContext } from '../context';
import { loadConfig } from '../loadConfig';
import { request } from '../request';
import { table } from '../table';

const status = z.object({ status: z.string().default('Unknown') }).prefault({});

const applicationsSchema = z.object({
  items: z
    .array(
      z.object({
        metadata: z.object({ name: z.string() }),
        spec: z.object({
          destination: z.object({ namespace: z.string().default('') }),
        }),
        status: z
          .object({
            sync: status,
            health: status,
            summary: z
              .object({ images: z.array(z.string()).nullish() })
              .optional(),
          })
          .prefault({}),
      }),
    )
    .nullish(),
});

const repositoriesSchema = z.object({
  repositories: z.array(
    z.object({
      name: z.string(),
      images: z.array(z.object({ tags: z.array(z.string()) })),
    }),
  ),
});

/** Shows the running applications and the available images. */
export async function list(
  options: { config?: string },
  { out, env }: CommandContext,
): Promise<void> {
  const config = await loadConfig({ env, file: options.config });
  const applications = await applicationRows(config);
  out('Applications');
  out(table(['name', 'versions', 'sync', 'health', 'namespace'], applications));
  const { repositories } = repositoriesSchema.parse(
    await (await request('ecr', config, '/')).json(),
  );
  out('\nRepositories');
  out(
    table(
      ['name', 'tags, newest first'],
      repositories.map(({ name, images }) => [
        name,
        images.flatMap(({ tags }) => tags).join(', '),
      ]),
    ),
  );
}

async function applicationRows(config: SandboxConfig): Promise<string[][]> {
  const [token = ''] = config.argocd.accounts.flatMap(({ tokens }) => tokens);
  const response = await request('argocd', config, '/api/v1/applications', {
    headers: { authorization: `Bearer ${token}` },
  });
  const { items } = applicationsSchema.parse(await response.json());
  return (items ?? [])
    .map(({ metadata, spec, status: { sync, health, summary } }) => [
      metadata.name,
      (summary?.images ?? []).map(versionOf).join(', '),
      sync.status,
      health.status,
      spec.destination.namespace,
    ])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function versionOf(image: string): string {
  return /:([^:/@]+)(@|$)/.exec(image)?.[1] ?? image;
}
