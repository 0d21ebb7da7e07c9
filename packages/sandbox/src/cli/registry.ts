import { z } from 'zod';
import type { SandboxConfig } from '../config';
import { failureOf } from './failureOf';
import { request } from './request';

const overviewSchema = z.object({
  repositories: z.array(
    z.object({
      name: z.string(),
      images: z.array(z.object({ tags: z.array(z.string()) })),
    }),
  ),
});

/** A repository with its tags, those of the newest image first. */
export interface RepositoryTags {
  name: string;
  tags: string[];
}

/** The URL of the registry. */
export function ecrUrl({ ecr, host }: SandboxConfig): string {
  return ecr.publicUrl ?? `http://${host}:${ecr.port}`;
}

/** All repositories, sorted by name. */
export async function repositoriesWithTags(
  config: SandboxConfig,
): Promise<RepositoryTags[]> {
  const response = await request('The registry', `${ecrUrl(config)}/`);
  if (!response.ok) {
    throw await failureOf(response);
  }
  const { repositories } = overviewSchema.parse(await response.json());
  return repositories.map(({ name, images }) => ({
    name,
    tags: images.flatMap(({ tags }) => tags),
  }));
}
