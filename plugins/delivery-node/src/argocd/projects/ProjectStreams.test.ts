import { waitUntil } from '@landfall/testing-kit';
import { ProjectArgoCd } from '../../__testUtils__/ProjectArgoCd';
import type { ApplicationEvent } from '../types';

let argocd: ProjectArgoCd;
let stopping: AbortController;

beforeEach(async () => {
  stopping = new AbortController();
  argocd = await ProjectArgoCd.start();
  argocd.set('shop', 'api');
  argocd.set('bank', 'ledger');
});

afterEach(async () => {
  stopping.abort();
  await argocd.stop();
});

/** Reads the stream into a list of short texts; `ended` is how it ended. */
function read(
  projects: string[],
  times?: Parameters<ProjectArgoCd['client']>[1],
) {
  const seen: string[] = [];
  const client = argocd.client(projects, times);
  const text = (event: ApplicationEvent) => {
    switch (event.type) {
      case 'changed':
        return event.application.ref.name;
      case 'undecodable':
        return event.error.message;
      default:
        return event.type;
    }
  };
  const ended = (async () => {
    for await (const event of client.streamApplications({
      signal: stopping.signal,
    })) {
      seen.push(text(event));
    }
    return 'ended';
  })().catch((error: Error) => error.message);
  return {
    client,
    seen,
    ended,
    has: (wanted: string) =>
      waitUntil(`the stream sends ${wanted}`, () =>
        seen.some(one => one.includes(wanted)),
      ),
  };
}

describe('streams of an instance with a token for each project', () => {
  it('become one, which ends with the signal', async () => {
    const stream = read(['shop', 'bank']);
    await stream.has('api');
    await stream.has('ledger');
    argocd.set('bank', 'loans');
    await stream.has('loans');
    stopping.abort();

    expect(await stream.ended).toBe('ended');
    expect(
      argocd.server.received.map(
        ({ url, headers }) => `${url} ${headers.authorization}`,
      ),
    ).toEqual([
      '/api/v1/stream/applications?projects=shop Bearer shop-token',
      '/api/v1/stream/applications?projects=bank Bearer bank-token',
    ]);
  });

  it('continue if the token of one project is refused, and ask for a list once it works', async () => {
    argocd.refused.add('bank');
    const stream = read(['shop', 'bank']);
    await stream.has(
      "The stream of the project 'bank' of Argo CD 'main' is broken",
    );
    argocd.set('shop', 'web');
    await stream.has('web');
    expect(
      (await stream.client.listApplications({ projects: ['shop'] }))
        .undecodable,
    ).toEqual([]);
    expect(stream.seen).not.toContain('gap');

    argocd.refused.delete('bank');
    await stream.has('ledger');
    await stream.has('gap');
  });

  it('open a cut stream again without touching the others', async () => {
    const stream = read(['shop', 'bank']);
    await stream.has('ledger');
    await stream.has('api');
    argocd.cut('bank');
    await stream.has('gap');

    expect(argocd.openStreams('shop')).toBe(1);
    expect(argocd.openStreams('bank')).toBe(1);
    expect(
      argocd.server.received.filter(({ url }) => url.includes('shop')),
    ).toHaveLength(1);
  });

  it('open a stream again that fell silent', async () => {
    const stream = read(['shop', 'bank'], { silenceMs: 500 });
    await stream.has('ledger');
    argocd.silent.add('bank');
    await stream.has('was silent for 0.5 s');

    expect(argocd.openStreams('shop')).toBe(1);
  });

  it('show in a list which of them is broken', async () => {
    const stream = read(['shop', 'bank'], {
      firstBackoffMs: 60_000,
      maxBackoffMs: 60_000,
    });
    await stream.has('ledger');
    argocd.cut('bank');
    await stream.has('is broken');

    const { applications, undecodable, unreadProjects } =
      await stream.client.listApplications();
    expect(applications).toHaveLength(2);
    expect(unreadProjects).toEqual([]);
    expect(undecodable.map(({ error }) => error.message)).toContainEqual(
      expect.stringContaining("The stream of the project 'bank'"),
    );
  });

  it('fail if all are broken', async () => {
    argocd.refused.add('bank').add('shop');

    expect(await read(['shop', 'bank']).ended).toContain('token is expired');
  });
});
