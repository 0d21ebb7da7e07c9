import { BatchInterceptor } from '@mswjs/interceptors';
import { ClientRequestInterceptor } from '@mswjs/interceptors/ClientRequest';
import { FetchInterceptor } from '@mswjs/interceptors/fetch';
import type { Repositories } from './Repositories';
import type { StandInHost } from './StandInHost';

/**
 * Answers requests to a Git host in its place, at its own address: Backstage's
 * actions reach Bitbucket Cloud and Azure DevOps nowhere else. Every other request
 * passes.
 *
 * @returns ends it
 */
export function interceptHost(
  host: StandInHost,
  repositories: Repositories,
): () => void {
  const interceptor = new BatchInterceptor({
    name: host.type,
    interceptors: [new ClientRequestInterceptor(), new FetchInterceptor()],
  });
  const { gitHost } = host.parameters;
  const hosts = [gitHost, ...host.apis.map(api => new URL(api).host)];
  interceptor.apply();
  interceptor.on('request', async ({ request, controller }) => {
    if (hosts.includes(new URL(request.url).host)) {
      controller.respondWith(await answer(host, repositories, request));
    }
  });
  return () => interceptor.dispose();
}

async function answer(
  host: StandInHost,
  repositories: Repositories,
  request: Request,
): Promise<Response> {
  const url = new URL(request.url);
  const authorization =
    request.headers.get('authorization') ??
    request.headers.get('private-token') ??
    '';
  const [, name, path] = host.gitPath.exec(decodeURI(url.pathname)) ?? [];
  if (url.host === host.parameters.gitHost && name) {
    if (!host.acceptsGit(authorization)) {
      return new Response('', {
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="git"' },
      });
    }
    return repositories.serve(name.toLowerCase(), path, request);
  }
  const api = host.apis.find(base => request.url.startsWith(base));
  const found =
    api &&
    (await host.answer(
      {
        method: request.method,
        path: url.pathname
          .slice(new URL(api).pathname.length)
          .split('/')
          .filter(Boolean)
          .map(decodeURIComponent),
        query: url.searchParams,
        authorization,
        body: await request.text(),
      },
      repositories,
    ));
  return found || new Response(`No ${request.method} ${url}`, { status: 404 });
}
