import type { Request, Router } from 'express';
import type { GitUser } from '../../config';
import { GitHostError, NotFoundError, UnauthorizedError } from '../errors';
import { handler } from '../http';
import type { RepositoryAccess } from '../RepositoryAccess';
import { sendPage } from './paging';
import type { GitHostOptions } from '../GitHostOptions';
import { toOrganization, toUser } from './shapes';

/** Users and organizations. */
export function registerOwnerRoutes(
  router: Router,
  { access, links }: GitHostOptions,
): void {
  router.get(
    '/user',
    handler((req, res) => {
      res.json(toUser(signedIn(access, req).username, links));
    }),
  );
  router.get(
    ['/orgs', '/user/orgs'],
    handler(async (req, res) => {
      if (req.path === '/user/orgs') {
        signedIn(access, req);
      }
      const names = await organizations(access);
      res.json(sendPage(req, res, names, links).map(toOrganization));
    }),
  );
  router.post(
    '/orgs',
    handler(async (req, res) => {
      const viewer = signedIn(access, req);
      if (viewer.readOnly) {
        throw new GitHostError(403, 'Must be allowed to create organizations');
      }
      const name = usernameOf(req.body);
      if (await access.repositories.findOwner(name)) {
        throw new GitHostError(422, `user already exists [name: ${name}]`);
      }
      await access.repositories.createOwner(name);
      res.status(201).json(toOrganization(name));
    }),
  );
  router.get(
    '/orgs/:org',
    handler(async (req, res) => {
      access.viewer(req);
      res.json(toOrganization(await findOrganization(access, req.params.org)));
    }),
  );
  router.get(
    '/users/:username',
    handler((req, res) => {
      access.viewer(req);
      const user = access.accounts.user(req.params.username);
      if (!user) {
        throw new NotFoundError(
          `user redirect does not exist [name: ${req.params.username}]`,
        );
      }
      res.json(toUser(user.username, links));
    }),
  );
}

/** @throws UnauthorizedError for the anonymous */
export function signedIn(access: RepositoryAccess, req: Request): GitUser {
  const viewer = access.viewer(req);
  if (!viewer) {
    throw new UnauthorizedError('token is required');
  }
  return viewer;
}

/** @throws NotFoundError for an unknown name, and for a user's */
export async function findOrganization(
  access: RepositoryAccess,
  name: string,
): Promise<string> {
  const owner = await access.repositories.findOwner(name);
  if (!owner || access.accounts.user(owner)) {
    throw new NotFoundError(`org does not exist [name: ${name}]`);
  }
  return owner;
}

async function organizations(access: RepositoryAccess): Promise<string[]> {
  const owners = await access.repositories.owners();
  return owners.filter(it => !access.accounts.user(it));
}

function usernameOf(body: unknown): string {
  if (
    typeof body === 'object' &&
    body !== null &&
    'username' in body &&
    typeof body.username === 'string' &&
    body.username
  ) {
    return body.username;
  }
  throw new GitHostError(422, '[UserName]: Required');
}
