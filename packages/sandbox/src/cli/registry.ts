import { z } from 'zod';
import type { SandboxConfig } from '../config';
import type { EcrJsonClient } from '../ecr';

const repositoriesSchema = z.object({
  repositories: z.array(
    z.object({ repositoryName: z.string(), repositoryUri: z.string() }),
  ),
  nextToken: z.string().nullish(),
});

const imagesSchema = z.object({
  imageDetails: z.array(
    z.object({
      imageTags: z.array(z.string()).nullish(),
      imagePushedAt: z.number(),
    }),
  ),
  nextToken: z.string().nullish(),
});

/** A repository with its tags, the newest first. */
export interface RepositoryTags {
  name: string;
  uri: string;
  tags: string[];
}

/** Where the registry answers. */
export function ecrUrl({ ecr, host }: SandboxConfig): string {
  return ecr.publicUrl ?? `http://${host}:${ecr.port}`;
}

export async function repositoryNames(ecr: EcrJsonClient): Promise<string[]> {
  return (await repositories(ecr)).map(({ repositoryName }) => repositoryName);
}

/** All repositories, by name. */
export async function repositoriesWithTags(
  ecr: EcrJsonClient,
): Promise<RepositoryTags[]> {
  const found = await repositories(ecr);
  return Promise.all(
    found.map(async ({ repositoryName, repositoryUri }) => {
      const images: z.infer<typeof imagesSchema>['imageDetails'] = [];
      let nextToken: string | null | undefined;
      do {
        const page = imagesSchema.parse(
          await ecr.call('DescribeImages', {
            repositoryName,
            ...(nextToken && { nextToken }),
          }),
        );
        images.push(...page.imageDetails);
        nextToken = page.nextToken;
      } while (nextToken);
      return {
        name: repositoryName,
        uri: repositoryUri,
        tags: images
          .sort((a, b) => b.imagePushedAt - a.imagePushedAt)
          .flatMap(({ imageTags }) => imageTags ?? []),
      };
    }),
  );
}

async function repositories(ecr: EcrJsonClient) {
  const all: z.infer<typeof repositoriesSchema>['repositories'] = [];
  let nextToken: string | null | undefined;
  do {
    const page = repositoriesSchema.parse(
      await ecr.call('DescribeRepositories', nextToken ? { nextToken } : {}),
    );
    all.push(...page.repositories);
    nextToken = page.nextToken;
  } while (nextToken);
  return all.sort((a, b) => (a.repositoryName < b.repositoryName ? -1 : 1));
}
