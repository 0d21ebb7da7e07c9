import { mockServices } from '@backstage/backend-test-utils';
import { TestServer } from '../__testUtils__/httpServer';
import { GitClient } from './GitClient';

const line = (text: string) =>
  (text.length + 4).toString(16).padStart(4, '0') + text;

it.each([
  ['alone', ''],
  [
    'after the name of the service',
    `${line('# service=git-upload-pack\n')}0000`,
  ],
])(
  'takes an error line of the Git protocol, %s, for a missing repository',
  async (_, before) => {
    const server = await TestServer.start((__, response) => {
      response
        .writeHead(200, {
          'content-type': 'application/x-git-upload-pack-advertisement',
        })
        .end(`${before}${line('ERR Repository not found\n')}`);
    });
    try {
      const { host } = new URL(server.url);
      const client = GitClient.fromConfig({
        config: mockServices.rootConfig({
          data: {
            integrations: {
              bitbucketServer: [
                { host, apiBaseUrl: `${server.url}/rest/api/1.0`, token: 'x' },
              ],
            },
          },
        }),
        logger: mockServices.logger.mock(),
      });
      await expect(
        client.inspect({ url: `${server.url}/scm/shop/api.git` }),
      ).resolves.toEqual({ state: 'missing' });
    } finally {
      await server.stop();
    }
  },
);
