import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Router } from 'express';
import { NotFoundError } from '../errors';
import { repositoryOf, type GitHostContext } from '../GitHostContext';
import { handler, queryNumber } from '../http';
import type { HostedRepository } from '../repositories/Repositories';
import { parseCreateRepository } from './createRepository';

/** Gitea's defaults of `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS`. */
const DEFAULT_LIMIT = 30;
const MAX_LIMIT = 50;

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
  const organization = async (name: string) => {
    const owner = await repositories.findOwner(name);
    if (!owner) {
      throw new NotFoundError(`org does not exist [name: ${name}]`);
    }
    return owner;
  };

  router.get(
    '/orgs/:org',
    handler(async (req, res) => {
      accounts.viewer(req.headers.authorization);
      const name = await organization(req.params.org);
      res.json({ name, username: name });
    }),
  );
  router.get(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      const org = await organization(req.params.org);
      const owned = await repositories.list(org);
      const limit = Math.min(
        queryNumber(req, 'limit', DEFAULT_LIMIT),
        MAX_LIMIT,
      );
      const start = (queryNumber(req, 'page', 1) - 1) * limit;
      const page = owned.slice(start, start + limit);
      res.json(await Promise.all(page.map(toJson)));
    }),
  );
  router.post(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      const { username } = accounts.signedIn(req.headers.authorization);
      const owner = await organization(req.params.org);
      const { autoInit, ...wanted } = parseCreateRepository(req.body);
      const created = await (autoInit
        ? withReadme(wanted, folder =>
            repositories.create({
              owner,
              ...wanted,
              firstCommit: {
                author: {
                  name: username,
                  email: `${username}@noreply.localhost`,
                },
                message: 'Initial commit',
                folder,
              },
            }),
          )
        : repositories.create({ owner, ...wanted }));
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

/**
 * Creates a folder with the file that Gitea's `auto_init` commits, and removes
 * it when `use` is done.
 */
async function withReadme<T>(
  { name, description }: { name: string; description?: string },
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-readme-'));
  try {
    await writeFile(
      join(folder, 'README.md'),
      `# ${name}\n\n${description ?? ''}\n`,
    );
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
