import { z } from 'zod';
import { request } from '../../http/request';
import {
  type Application,
  type ImageUpdater,
  applicationSchema,
  imageUpdaterSchema,
} from './schemas';

const listSchema = z.object({ items: z.array(z.unknown()).nullish() });

/**
 * The Kubernetes API calls of an Image Updater. Each rejects with the API's
 * message.
 */
export class KubernetesClient {
  constructor(private readonly options: { url: string; token: string }) {}

  /**
   * @param onInvalid - called for each one that can't be parsed; it is left out
   */
  async imageUpdaters(
    namespace: string,
    onInvalid: (message: string) => void,
  ): Promise<ImageUpdater[]> {
    const path = updatersPath(namespace);
    return this.#list(path, imageUpdaterSchema, onInvalid);
  }

  /**
   * @param onInvalid - called for each one that can't be parsed; it is left out
   */
  async applications(
    namespace: string,
    onInvalid: (message: string) => void,
  ): Promise<Application[]> {
    const path = applicationsPath(namespace);
    return this.#list(path, applicationSchema, onInvalid);
  }

  /** Changes an Application with a JSON merge patch. */
  async patchApplication(
    { metadata: { name, namespace } }: Application,
    patch: object,
  ): Promise<void> {
    const path = `${applicationsPath(namespace)}/${encodeURIComponent(name)}`;
    await this.#send('PATCH', path, patch);
  }

  /** Sets fields of an ImageUpdater's status. */
  async patchStatus(
    { metadata: { name, namespace } }: ImageUpdater,
    status: object,
  ): Promise<void> {
    const path = `${updatersPath(namespace)}/${encodeURIComponent(name)}`;
    await this.#send('PATCH', `${path}/status`, { status });
  }

  async #list<T>(
    path: string,
    schema: z.ZodType<T>,
    onInvalid: (message: string) => void,
  ): Promise<T[]> {
    const { items } = listSchema.parse(await this.#send('GET', path));
    return (items ?? []).flatMap(item => {
      const { data, error } = schema.safeParse(item);
      if (error) {
        const reason = z.prettifyError(error);
        onInvalid(`left out what can't be read of ${path}: ${reason}`);
      }
      return data === undefined ? [] : [data];
    });
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const { url, token } = this.options;
    const type =
      method === 'PATCH' ? 'application/merge-patch+json' : undefined;
    const response = await request(new URL(path, url), {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'content-type': type ?? 'application/json',
      },
      body: body && JSON.stringify(body),
    });
    return response.json();
  }
}

function updatersPath(namespace: string): string {
  return `/apis/argocd-image-updater.argoproj.io/v1alpha1/namespaces/${encodeURIComponent(
    namespace,
  )}/imageupdaters`;
}

function applicationsPath(namespace: string): string {
  return `/apis/argoproj.io/v1alpha1/namespaces/${encodeURIComponent(
    namespace,
  )}/applications`;
}
