import type { Router } from 'express';
import { z } from 'zod';
import { HttpError } from '../../http/messages';
import {
  bodyOf,
  type GitHostContext,
  handler,
  onRepository,
  signedInUser,
  viewerOf,
} from '../context';

/** The field of Gitea's `CreateRepoOption` that has an effect here. */
const createSchema = z.object({ name: z.string().min(1) });

/** Routes for organizations, and to create and delete their repositories. */
export function registerRepositoryRoutes(
  router: Router,
  context: GitHostContext,
): void {
  const { repositories } = context;

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
  router.post(
    '/orgs/:org/repos',
    handler(async (req, res) => {
      signedInUser(context, req);
      const { org: owner } = req.params;
      await requireOrganization(owner);
      const { name } = bodyOf(createSchema, req);
      await repositories.create({ owner, name });
      res.status(201);
      return { name, full_name: `${owner}/${name}` };
    }),
  );
  router.delete(
    '/repos/:owner/:repo',
    onRepository(context, async (repository, req, res) => {
      signedInUser(context, req);
      await repositories.remove(repository);
      res.status(204).end();
    }),
  );
}
