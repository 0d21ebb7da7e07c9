import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Router } from 'express';
import { z } from 'zod';
import {
  handler,
  queryNumber,
  repositoryOf,
  type GitHostContext,
} from '../http';
import { GitHostError } from '../names';
import type { HostedRepository } from '../repositories/Repositories';

/** Gitea's defaults of `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS`. */
const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 50;

/** The fields of Gitea's `CreateRepoOption` that have an effect here. */
const createSchema = z.object({
  name: z.string().min(1),
  description: z.string().max(2048).default(''),
  default_branch: z.string().optional(),
  auto_init: z.boolean().default(false),
});

/** Routes for organizations and their repositories. */
export function registerRepositoryRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { accounts, repositories, baseUrl } = context;

  /** The fields of Gitea's `Repository` that its clients read. */
  const toJson = async (repository: HostedRepository) => {
    const { owner, name } = repository;
    const url = `${baseUrl()}/${owner}/${name}`;
    const details = await repositories.details(repository);
    return {
      owner: { login: owner },
      name,
      full_name: `${owner}/${name}`,
      description: details.description,
      empty: details.empty,
      html_url: url,
      clone_url: `${url}.git`,
      default_branch: details.defaultBranch,
    };
  };
  const requireOrganization = async (name: string) => {
    if (!(await repositories.hasOwner(name))) {
      throw new GitHostError(404, `org does not exist [name: ${name}]`);
    }
  };

  router.get(
    '/orgs/:org',
    handler(async (req, res) => {
      accounts.viewer(req.headers.authorization);
      const { org: name } = req.params;
      await requireOrganization(name);
      res.json({ name, username: name });
    }),
  );
  router.get(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      await requireOrganization(req.params.org);
      const owned = await repositories.list(req.params.org);
      const limit = Math.min(
        queryNumber(req, 'limit') ?? DEFAULT_LIMIT,
        MAX_LIMIT,
      );
      const start = ((queryNumber(req, 'page') ?? 1) - 1) * limit;
      const page = owned.slice(start, start + limit);
      res.json(await Promise.all(page.map(toJson)));
    }),
  );
  router.post(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      const { username } = accounts.signedIn(req.headers.authorization);
      const { org: owner } = req.params;
      await requireOrganization(owner);
      const parsed = createSchema.safeParse(req.body);
      if (!parsed.success) {
        throw new GitHostError(422, z.prettifyError(parsed.error));
      }
      const { name, description, default_branch: branch } = parsed.data;
      const wanted = {
        owner,
        name,
        description,
        defaultBranch: branch || undefined,
      };
      const created = await (parsed.data.auto_init
        ? withReadme(`# ${name}\n\n${description}\n`, folder =>
            repositories.create({
              ...wanted,
              firstCommit: {
                author: username,
                message: 'Initial commit',
                folder,
              },
            }),
          )
        : repositories.create(wanted));
      res.status(201).json(await toJson(created));
    }),
  );
  router.get(
    '/repos/:owner/:repo',
    handler(async (req, res) => {
      res.json(await toJson(await repositoryOf(context, req)));
    }),
  );
  router.delete(
    '/repos/:owner/:repo',
    handler(async (req, res) => {
      accounts.signedIn(req.headers.authorization);
      await repositories.remove(await repositoryOf(context, req));
      res.status(204).end();
    }),
  );
}

/** A temporary folder with the file that Gitea's `auto_init` commits. */
async function withReadme<T>(
  text: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-readme-'));
  try {
    await writeFile(join(folder, 'README.md'), text);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
