import { z } from 'zod';
import { basic, file, json, type StandInHost } from '../StandInHost';

const HOST = 'gitlab.example.com';
const TOKEN = 'glpat-x';
const GROUP = { id: 7, path: 'acme/shop' };
const projectSchema = z.object({
  namespace_id: z.coerce.number(),
  path: z.string(),
});

/** GitLab, with the group `acme/shop`: https://docs.gitlab.com/api/rest/. */
export const gitlab: StandInHost = {
  type: 'gitlab',
  integration: {
    host: HOST,
    baseUrl: `https://${HOST}`,
    apiBaseUrl: `https://${HOST}/api/v4`,
    token: TOKEN,
  },
  parameters: { gitHost: HOST, gitOwner: 'acme/{system}' },
  apis: [`https://${HOST}/api/v4`],
  acceptsGit: authorization => authorization === basic('oauth2', TOKEN),
  gitPath: /^\/(.+)\.git(\/.*)$/,
  ci: {
    files: ['.gitlab-ci.yml'],
    text: 'The CI of the source repository pushes',
  },
  expected: name => ({
    repository: `acme/shop/${name}`,
    remoteUrl: `https://${HOST}/acme/shop/${name}.git`,
    catalogInfoUrl: `https://${HOST}/acme/shop/${name}/-/blob/main/catalog-info.yaml`,
    published: {
      remoteUrl: `https://${HOST}/acme/shop/${name}`,
      repoContentsUrl: `https://${HOST}/acme/shop/${name}/-/blob/main`,
    },
  }),
  answer: async (
    { method, path, query, authorization, body },
    repositories,
  ) => {
    if (!authorization.endsWith(TOKEN)) {
      return json(401, { message: '401 Unauthorized' });
    }
    const [topic, id, ...rest] = path;
    switch (`${method} ${topic}`) {
      case 'GET namespaces':
        return id === GROUP.path
          ? json(200, { id: GROUP.id, kind: 'group', full_path: GROUP.path })
          : json(404, { message: '404 Namespace Not Found' });
      case 'GET user':
        return json(200, { id: 1, username: 'portal' });
      case 'GET groups':
        return json(200, []);
      case 'POST projects': {
        const { namespace_id: namespace, path: slug } = projectSchema.parse(
          JSON.parse(body),
        );
        const taken = ['has already been taken'];
        return namespace === GROUP.id &&
          (await repositories.create(`${GROUP.path}/${slug}`))
          ? json(201, {
              id: 1,
              path: slug,
              http_url_to_repo: `https://${HOST}/${GROUP.path}/${slug}.git`,
            })
          : json(400, { message: { name: taken, path: taken } });
      }
      case 'GET projects': {
        const [, , name] = rest;
        return file(
          await repositories.read(id, query.get('ref') ?? 'main', name),
        );
      }
      default:
        return undefined;
    }
  },
};
