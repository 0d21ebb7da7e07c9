import type { PortalProcess } from '../../processes';
import { type Spread, spreadOf } from '../statistics';
import { signIn } from './signIn';
import { PAGE_REQUESTS } from './views';

/** Until the compiler has optimized what a view runs. */
const WARM_UP_VIEWS = 300;
const ROUNDS = 5;

/** What views of one page cost; durations in milliseconds. */
export interface PageResult {
  /** How many requests a view makes. */
  requests: number;
  /** What all answers of a view hold, uncompressed. */
  kilobytes: number;
  /** One view after another, each by another user. */
  one: Spread;
  /** The same, by browsers that have seen the page before (`If-None-Match`). */
  again: Spread;
  /** Views of as many users at the same time, in several rounds. */
  together: Spread;
  /** The processor's time in the portal's process for one of these views. */
  cpuMs: number;
}

/** A browser: whose token it sends, and which answers it has kept. */
interface Viewer {
  token: string;
  etags: Map<string, string>;
}

/** Views pages of a portal as browsers of many users do. */
export class PageLoad {
  static async signIn(portal: PortalProcess, users: number): Promise<PageLoad> {
    const viewers: Viewer[] = [];
    for (let i = 0; i < users; i++) {
      viewers.push({
        token: await signIn(portal, `viewer-${i}`),
        etags: new Map(),
      });
    }
    return new PageLoad(portal, viewers);
  }

  private constructor(
    private readonly portal: PortalProcess,
    private readonly viewers: Viewer[],
  ) {}

  /** Measures views of the page of a component. */
  async measure(component: string): Promise<PageResult> {
    return this.measureRequests(
      PAGE_REQUESTS.map(
        path => `entities/component/default/${component}/${path}`,
      ),
    );
  }

  /** Measures requests, one after another and each once, by another user each. */
  async measureEach(paths: readonly string[]): Promise<Spread> {
    const { portal, viewers } = this;
    const durations: number[] = [];
    for (const [index, path] of paths.entries()) {
      const viewer = { ...viewers[index % viewers.length], etags: new Map() };
      durations.push((await view([`${portal.apiUrl}/${path}`], viewer)).ms);
    }
    return spreadOf(durations);
  }

  /**
   * Measures views that make some requests at once.
   *
   * @param paths - in the delivery API
   */
  async measureRequests(paths: readonly string[]): Promise<PageResult> {
    const { portal, viewers } = this;
    const urls = paths.map(path => `${portal.apiUrl}/${path}`);
    for (let i = 0; i < WARM_UP_VIEWS; i++) {
      await view(urls, viewers[i % viewers.length]);
    }
    const one: number[] = [];
    const again: number[] = [];
    let bytes = 0;
    for (const viewer of viewers) {
      viewer.etags.clear();
      const first = await view(urls, viewer);
      bytes = first.bytes;
      one.push(first.ms);
      again.push((await view(urls, viewer)).ms);
    }
    const together: number[] = [];
    const cpuBefore = portal.child.cpuMs();
    for (let round = 0; round < ROUNDS; round++) {
      viewers.forEach(({ etags }) => etags.clear());
      const views = await Promise.all(
        viewers.map(viewer => view(urls, viewer)),
      );
      together.push(...views.map(({ ms }) => ms));
    }
    return {
      requests: urls.length,
      kilobytes: bytes / 1000,
      one: spreadOf(one),
      again: spreadOf(again),
      together: spreadOf(together),
      cpuMs: (portal.child.cpuMs() - cpuBefore) / together.length,
    };
  }
}

/** One view: all requests of the page at once, until all answers are read. */
async function view(
  urls: readonly string[],
  { token, etags }: Viewer,
): Promise<{ ms: number; bytes: number }> {
  const begin = performance.now();
  const sizes = await Promise.all(
    urls.map(async url => {
      const known = etags.get(url);
      const response = await fetch(url, {
        headers: {
          authorization: `Bearer ${token}`,
          ...(known && { 'if-none-match': known }),
        },
      });
      const body = await response.arrayBuffer();
      if (response.status !== 200 && response.status !== 304) {
        throw new Error(
          `${url} was answered by ${response.status}: ${Buffer.from(body)}`,
        );
      }
      const etag = response.headers.get('etag');
      if (etag) {
        etags.set(url, etag);
      }
      return body.byteLength;
    }),
  );
  return {
    ms: performance.now() - begin,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
  };
}
