import type { Request } from 'express';
import { UnauthorizedError } from '../errors';
import type { GitHostOptions } from '../GitHostOptions';
import type { HostedRepository } from '../repositories/Repositories';

/**
 * The repository of a page. Unlike the API, which hides what is private, a
 * page asks a visitor for a name and a password: in a browser there is no
 * other way to give them.
 */
export async function repositoryOfPage(
  { access }: GitHostOptions,
  req: Request,
): Promise<HostedRepository> {
  const viewer = access.viewer(req);
  const { owner, repo } = req.params;
  const repository = await access.repositories.find(owner, repo);
  if (repository && !viewer && !access.accounts.canRead(viewer, repository)) {
    throw new UnauthorizedError(
      `${repository.owner}/${repository.name} is private: sign in to read it.`,
    );
  }
  return await access.repository(req);
}
