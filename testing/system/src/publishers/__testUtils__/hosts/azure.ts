import { z } from 'zod';
import { file, json, type StandInHost } from '../StandInHost';

const HOST = 'dev.azure.com';
const ORGANIZATION = `https://${HOST}/acme`;
const TOKEN = 'personal-access-token';
/** By area, the resource that the client finds the route of by its id. */
const RESOURCES: Record<string, object> = {
  location: {
    id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
    area: 'Location',
    resourceName: 'ResourceAreas',
    routeTemplate: '_apis/{resource}/{areaId}',
    resourceVersion: 1,
    minVersion: '3.2',
    maxVersion: '7.2',
    releasedVersion: '0.0',
  },
  git: {
    id: '225f7195-f9c7-4d14-ab28-a83f7ff77e1f',
    area: 'git',
    resourceName: 'repositories',
    routeTemplate: '{project}/_apis/{area}/{resource}/{repositoryId}',
    resourceVersion: 1,
    minVersion: '1.0',
    maxVersion: '7.2',
    releasedVersion: '7.1',
  },
};
const repositorySchema = z.object({ name: z.string() });

/**
 * Azure DevOps, with the project "Web Shop" in the organization `acme`:
 * https://learn.microsoft.com/rest/api/azure/devops/git/repositories.
 */
export const azure: StandInHost = {
  type: 'azure',
  integration: {
    host: HOST,
    credentials: [{ organizations: ['acme'], personalAccessToken: TOKEN }],
  },
  parameters: { gitHost: HOST, gitOwner: 'acme', gitProject: 'Web {system}' },
  apis: [ORGANIZATION],
  // It takes any user.
  acceptsGit: isAuthorized,
  gitPath: /^\/(acme\/Web shop\/_git\/[^/]+)(\/.*)$/,
  ci: {
    files: ['azure-pipelines.yml'],
    text: 'Create a pipeline from `azure-pipelines.yml`',
  },
  expected: name => ({
    repository: `acme/web shop/_git/${name}`,
    remoteUrl: `${ORGANIZATION}/Web%20shop/_git/${name}`,
    catalogInfoUrl: `${ORGANIZATION}/Web%20shop/_git/${name}?path=%2Fcatalog-info.yaml&version=GBmain`,
    published: {
      remoteUrl: `https://acme@${HOST}/acme/Web%20shop/_git/${name}`,
      // Of whatever is the default branch.
      repoContentsUrl: `${ORGANIZATION}/Web%20shop/_git/${name}`,
    },
  }),
  answer: async (
    { method, path, query, authorization, body },
    repositories,
  ) => {
    if (!isAuthorized(authorization)) {
      return new Response('', { status: 401 });
    }
    const route = path.join('/').toLowerCase();
    if (route === '_apis/resourceareas') {
      return json(200, { count: 0, value: [] });
    }
    if (method === 'OPTIONS') {
      const resource = RESOURCES[route.replace(/^_apis\//, '')];
      return resource && json(200, { count: 1, value: [resource] });
    }
    if (!route.startsWith('web shop/_apis/git/repositories')) {
      return undefined;
    }
    const slugPath = (name: string) => `acme/web shop/_git/${name}`;
    if (method === 'GET' && path[5] === 'items') {
      return file(
        await repositories.read(
          slugPath(path[4]),
          query.get('version') ?? 'main',
          (query.get('path') ?? '').slice(1),
        ),
      );
    }
    if (method !== 'POST') {
      return undefined;
    }
    const { name } = repositorySchema.parse(JSON.parse(body));
    return (await repositories.create(slugPath(name)))
      ? json(201, {
          id: '00000000-0000-0000-0000-000000000001',
          name,
          remoteUrl: `https://acme@${HOST}/acme/Web%20shop/_git/${name}`,
          webUrl: `${ORGANIZATION}/Web%20shop/_git/${name}`,
        })
      : json(409, {
          message: `TF400948: A Git repository with the name ${name} already exists.`,
          typeKey: 'GitRepositoryNameAlreadyExistsException',
        });
  },
};

function isAuthorized(authorization: string): boolean {
  const [, pair = ''] = /^Basic (.*)$/.exec(authorization) ?? [];
  return Buffer.from(pair, 'base64').toString().endsWith(`:${TOKEN}`);
}
