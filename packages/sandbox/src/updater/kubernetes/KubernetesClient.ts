import { z } from 'zod';
import {
  type Application,
  type ImageUpdater,
  type ImageUpdaterStatus,
  applicationSchema,
  imageUpdaterSchema,
} from './schemas';

const TIMEOUT_MS = 30_000;
const UPDATERS = '/apis/argocd-image-updater.argoproj.io/v1alpha1';
const ARGO_CD = '/apis/argoproj.io/v1alpha1';

const listSchema = z.object({ items: z.array(z.unknown()).nullish() });
const statusSchema = z.object({ message: z.string() });
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
    return this.#list(
      `${UPDATERS}/namespaces/${encodeURIComponent(namespace)}/imageupdaters`,
      imageUpdaterSchema,
      onInvalid,
    );
  }

  /**
   * @param onInvalid - called for each one that can't be parsed; it is left out
   */
  async applications(
    namespace: string,
    onInvalid: (message: string) => void,
  ): Promise<Application[]> {
    return this.#list(
      `${ARGO_CD}/namespaces/${encodeURIComponent(namespace)}/applications`,
      applicationSchema,
      onInvalid,
    );
  }

  /** Changes an Application with a JSON merge patch. */
  async patchApplication(
    { metadata }: Application,
    patch: object,
  ): Promise<void> {
    await this.#send(
      'PATCH',
      `${ARGO_CD}/namespaces/${encodeURIComponent(
        metadata.namespace,
      )}/applications/${encodeURIComponent(metadata.name)}`,
      patch,
    );
  }

  /** Sets fields of an ImageUpdater's status. */
  async patchStatus(
    { metadata }: ImageUpdater,
    status: ImageUpdaterStatus,
  ): Promise<void> {
    await this.#send(
      'PATCH',
      `${UPDATERS}/namespaces/${encodeURIComponent(
        metadata.namespace,
      )}/imageupdaters/${encodeURIComponent(metadata.name)}/status`,
      { status },
    );
  }

  async createEvent(namespace: string, event: object): Promise<void> {
    await this.#send(
      'POST',
      `/api/v1/namespaces/${encodeURIComponent(namespace)}/events`,
      event,
    );
  }

  async #list<T>(
    path: string,
    schema: z.ZodType<T>,
    onInvalid: (message: string) => void,
  ): Promise<T[]> {
    const { items } = listSchema.parse(await this.#send('GET', path));
    return (items ?? []).flatMap(item => {
      const parsed = schema.safeParse(item);
      if (!parsed.success) {
        onInvalid(
          `left out what can't be read of ${path}: ${z.prettifyError(
            parsed.error,
          )}`,
        );
        return [];
      }
      return [parsed.data];
    });
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const { url, token } = this.options;
    const response = await fetch(new URL(path, url), {
      method,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body && {
          'content-type':
            method === 'PATCH'
              ? 'application/merge-patch+json'
              : 'application/json',
        }),
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const said = statusSchema.safeParse(answer);
      throw new Error(
        said.success
          ? said.data.message
          : `${method} ${path} was answered by ${response.status}`,
      );
    }
    return answer;
  }
}
