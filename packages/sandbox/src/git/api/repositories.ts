import type { Router } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/messages';
import {
  type GitHostContext,
  handler,
  pagingOf,
  repositoryOf,
  signedInUser,
  viewerOf,
} from '../context';
import type { HostedRepository } from '../repositories/Repositories';

/** Gitea's defaults of `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS`. */
const LIMITS = { fallback: 30, most: 50 };

/** The fields of Gitea's `CreateRepoOption` that have an effect here. */
const createSchema = z.object({
  name: z.string().min(1),
  description: z.string().max(2048).default(''),
  default_branch: z.string().optional(),
});

/** Routes for organizations and their repositories. */
export function registerRepositoryRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { repositories, baseUrl } = context;

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
      throw new HttpError(404, `org does not exist [name: ${name}]`);
    }
  };

  router.get(
    '/orgs/:org',
    handler(async (req, res) => {
      viewerOf(context, req);
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
      const { page, limit } = pagingOf(req, LIMITS);
      const listed = owned.slice((page - 1) * limit, page * limit);
      res.json(await Promise.all(listed.map(toJson)));
    }),
  );
  router.post(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      signedInUser(context, req);
      const { org: owner } = req.params;
      await requireOrganization(owner);
      const parsed = createSchema.safeParse(req.body);
      if (!parsed.success) {
        throw new HttpError(422, z.prettifyError(parsed.error));
      }
      const { name, description, default_branch: branch } = parsed.data;
      const created = await repositories.create({
        owner,
        name,
        description,
        defaultBranch: branch || undefined,
      });
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
      signedInUser(context, req);
      await repositories.remove(await repositoryOf(context, req));
      res.status(204).end();
    }),
  );
}
