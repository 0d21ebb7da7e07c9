import { z } from 'zod';
import { basic, file, json, type StandInHost } from '../StandInHost';

const HOST = 'bitbucket.org';
const API = 'https://api.bitbucket.org/2.0';
const SIGN_IN = `https://${HOST}/site/oauth2`;
const TOKEN = 'oauth-access-token';
const repositorySchema = z.object({
  scm: z.literal('git'),
  is_private: z.literal(true),
  project: z.object({ key: z.string() }),
});

/**
 * Bitbucket Cloud, with the project SHOP in the workspace `acme`:
 * https://developer.atlassian.com/cloud/bitbucket/rest/api-group-repositories/.
 */
export const bitbucketCloud: StandInHost = {
  type: 'bitbucketCloud',
  integration: { clientId: 'portal', clientSecret: 'secret' },
  parameters: { gitHost: HOST, gitOwner: 'acme' },
  apis: [API, SIGN_IN],
  acceptsGit: authorization => authorization === basic('x-token-auth', TOKEN),
  gitPath: /^\/([^/]+\/[^/]+)\.git(\/.*)$/,
  ci: { files: ['bitbucket-pipelines.yml'], text: 'Enable Pipelines' },
  expected: name => ({
    repository: `acme/${name}`,
    remoteUrl: `https://${HOST}/acme/${name}.git`,
    catalogInfoUrl: `https://${HOST}/acme/${name}/src/main/catalog-info.yaml`,
    published: {
      remoteUrl: `https://portal@${HOST}/acme/${name}.git`,
      repoContentsUrl: `https://${HOST}/acme/${name}/src/main`,
    },
  }),
  answer: async ({ method, path, authorization, body }, repositories) => {
    const error = (message: string) =>
      json(400, { type: 'error', error: { message } });
    if (path[0] === 'access_token') {
      return authorization === basic('portal', 'secret')
        ? json(200, {
            access_token: TOKEN,
            token_type: 'bearer',
            expires_in: 7200,
          })
        : error('invalid_client');
    }
    if (authorization !== `Bearer ${TOKEN}`) {
      return new Response('', { status: 401 });
    }
    const [topic, workspace, slug, kind, branch, ...rest] = path;
    const name = `${workspace}/${slug}`;
    if (topic !== 'repositories') {
      return undefined;
    }
    if (method === 'GET' && kind === 'src') {
      return file(await repositories.read(name, branch, rest.join('/')));
    }
    if (method !== 'POST') {
      return undefined;
    }
    const { project } = repositorySchema.parse(JSON.parse(body));
    if (project.key !== 'SHOP') {
      return error('Project does not exist.');
    }
    return (await repositories.create(name))
      ? json(200, {
          full_name: name,
          links: {
            html: { href: `https://${HOST}/${name}` },
            clone: [
              { name: 'https', href: `https://portal@${HOST}/${name}.git` },
              { name: 'ssh', href: `git@${HOST}:${name}.git` },
            ],
          },
        })
      : error('Repository with this Slug and Owner already exists.');
  },
};
