import type { Router } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/messages';
import {
  bodyOf,
  type GitHostContext,
  handler,
  onRepository,
  pageOf,
  signedInUser,
  viewerOf,
} from '../context';
import type { HostedRepository } from '../repositories/Repositories';

/** Gitea's defaults of `DEFAULT_PAGING_NUM` and `MAX_RESPONSE_ITEMS`. */
const LIMITS = { fallback: 30, most: 50 };

/** The field of Gitea's `CreateRepoOption` that has an effect here. */
const createSchema = z.object({ name: z.string().min(1) });

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
    const head = await repositories.head(repository);
    return {
      owner: { login: owner },
      name,
      full_name: `${owner}/${name}`,
      empty: !head.exists,
      html_url: url,
      clone_url: `${url}.git`,
      default_branch: head.branch,
    };
  };
  const requireOrganization = async (name: string) => {
    if (!(await repositories.hasOwner(name))) {
      throw new HttpError(404, `org does not exist [name: ${name}]`);
    }
  };

  router.get(
    '/orgs/:org',
    handler(async req => {
      viewerOf(context, req);
      const { org: name } = req.params;
      await requireOrganization(name);
      return { name, username: name };
    }),
  );
  router.get(
    '/orgs/:org/repos',
    handler(async req => {
      await requireOrganization(req.params.org);
      const owned = await repositories.list(req.params.org);
      return Promise.all(pageOf(req, owned, LIMITS).map(toJson));
    }),
  );
  router.post(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      signedInUser(context, req);
      const { org: owner } = req.params;
      await requireOrganization(owner);
      const { name } = bodyOf(createSchema, req);
      const created = await repositories.create({ owner, name });
      res.status(201);
      return toJson(created);
    }),
  );
  router.get('/repos/:owner/:repo', onRepository(context, toJson));
  router.delete(
    '/repos/:owner/:repo',
    onRepository(context, async (repository, req, res) => {
      signedInUser(context, req);
      await repositories.remove(repository);
      res.status(204).end();
    }),
  );
}
