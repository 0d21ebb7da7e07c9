import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendText } from '../api/http';
import { applicationKey } from '../store/ApplicationStore';
import type { Store } from '../store/Store';

/**
 * Serves simple pages at the URLs of Argo CD's UI, so that links to
 * applications open something.
 */
export class ApplicationPages {
  readonly #store: Store;
  readonly #controllerNamespace: string;

  constructor(store: Store, controllerNamespace: string) {
    this.#store = store;
    this.#controllerNamespace = controllerNamespace;
  }

  static serves(path: string): boolean {
    return (
      path === '/' ||
      path === '/applications' ||
      path.startsWith('/applications/')
    );
  }

  handle(req: IncomingMessage, res: ServerResponse): void {
    const names = (req.url ?? '').split('?')[0].split('/').slice(2);
    const [name = '', namespace = this.#controllerNamespace] = names
      .map(safeDecode)
      .filter(Boolean)
      .reverse();
    if (!name) {
      sendText(res, 200, 'Argo CD (sandbox)\n');
      return;
    }
    const key = applicationKey(namespace, name);
    const app = this.#store.applications.get(key);
    if (!app) {
      sendText(res, 404, `There is no application ${key}.\n`);
      return;
    }
    const { sync, health } = app.status;
    sendText(
      res,
      200,
      `Application ${key}: ${sync.status}, ${health.status ?? 'Unknown'}\n`,
    );
  }
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
