import { z } from 'zod';
import { basic, file, json, type StandInHost } from '../StandInHost';

const HOST = 'bitbucket.example.com';
const ROOT = `https://${HOST}/context`;
const TOKEN = 'http-access-token';
const repositorySchema = z.object({ name: z.string() });

/**
 * Bitbucket Data Center below a path, with the project SHOP:
 * https://developer.atlassian.com/server/bitbucket/rest/.
 */
export const bitbucketServer: StandInHost = {
  type: 'bitbucketServer',
  integration: { host: HOST, apiBaseUrl: `${ROOT}/rest/api/1.0`, token: TOKEN },
  parameters: { gitHost: HOST },
  apis: [`${ROOT}/rest/api/1.0`],
  acceptsGit: authorization =>
    [`Bearer ${TOKEN}`, basic('x-token-auth', TOKEN)].includes(authorization),
  gitPath: /^\/context\/scm\/([^/]+\/[^/]+)\.git(\/.*)$/,
  ci: { files: [], text: 'Bitbucket Server has no CI of its own' },
  expected: name => ({
    repository: `shop/${name}`,
    remoteUrl: `${ROOT}/scm/SHOP/${name}.git`,
    catalogInfoUrl: `${ROOT}/projects/SHOP/repos/${name}/browse/catalog-info.yaml?at=main`,
    published: {
      // The host writes keys in its own way. Git finds both.
      remoteUrl: `${ROOT}/scm/shop/${name}.git`,
      // Of whatever is the default branch.
      repoContentsUrl: `${ROOT}/projects/SHOP/repos/${name}/browse`,
    },
  }),
  answer: async (
    { method, path, query, authorization, body },
    repositories,
  ) => {
    if (authorization !== `Bearer ${TOKEN}`) {
      return json(401, { errors: [{ message: 'Authentication failed.' }] });
    }
    const [, key, , slug, kind, ...rest] = path;
    if (key !== 'SHOP') {
      return json(404, {
        errors: [{ message: `Project ${key} does not exist.` }],
      });
    }
    if (method === 'GET' && kind === 'raw') {
      return file(
        await repositories.read(
          `shop/${slug}`,
          query.get('at') ?? 'main',
          rest.join('/'),
        ),
      );
    }
    if (method !== 'POST') {
      return undefined;
    }
    const { name } = repositorySchema.parse(JSON.parse(body));
    return (await repositories.create(`shop/${name}`))
      ? json(201, {
          slug: name,
          links: {
            clone: [
              { name: 'ssh', href: `ssh://git@${HOST}:7999/shop/${name}.git` },
              { name: 'http', href: `${ROOT}/scm/shop/${name}.git` },
            ],
            self: [{ href: `${ROOT}/projects/SHOP/repos/${name}/browse` }],
          },
        })
      : json(409, {
          errors: [
            {
              context: 'name',
              message: 'This repository URL is already taken.',
            },
          ],
        });
  },
};
