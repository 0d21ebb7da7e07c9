import { z } from 'zod';
import { request } from '../../http/request';
import {
  type Application,
  type ImageUpdater,
  applicationSchema,
  imageUpdaterSchema,
} from './schemas';

/** The path of a collection. Names in Kubernetes need no escape. */
const pathOf = (group: string, plural: string) => (namespace: string) =>
  `/apis/${group}/v1alpha1/namespaces/${namespace}/${plural}`;

const APPLICATIONS = pathOf('argoproj.io', 'applications');
const UPDATERS = pathOf('argocd-image-updater.argoproj.io', 'imageupdaters');

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
    return this.#list(UPDATERS(namespace), imageUpdaterSchema, onInvalid);
  }

  /** Like {@link imageUpdaters}. */
  async applications(
    namespace: string,
    onInvalid: (message: string) => void,
  ): Promise<Application[]> {
    return this.#list(APPLICATIONS(namespace), applicationSchema, onInvalid);
  }

  /** Changes an Application with a JSON merge patch. */
  async patchApplication(
    { metadata: { name, namespace } }: Application,
    patch: object,
  ): Promise<void> {
    await this.#send('PATCH', `${APPLICATIONS(namespace)}/${name}`, patch);
  }

  /** Sets fields of an ImageUpdater's status. */
  async patchStatus(
    { metadata: { name, namespace } }: ImageUpdater,
    status: object,
  ): Promise<void> {
    const path = `${UPDATERS(namespace)}/${name}/status`;
    await this.#send('PATCH', path, { status });
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
    const response = await request(new URL(path, url), {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        'content-type': 'application/merge-patch+json',
      },
      body: body && JSON.stringify(body),
    });
    return response.json();
  }
}
