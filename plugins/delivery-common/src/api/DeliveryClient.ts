import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type { DeliveryApi, DeliveryRequestOptions } from './DeliveryApi';
import type { ApplicationRef } from '../model/application';
import type {
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationResources,
  DeploymentsResponse,
  FleetRequest,
  FleetResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  OverviewResponse,
  PerformanceRequest,
  PerformanceResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
} from './types';

/**
 * The client of Landfall's API, for frontends and backends.
 *
 * @public
 */
export class DeliveryClient implements DeliveryApi {
  readonly #discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
  readonly #fetchApi: { fetch: typeof fetch };

  constructor(options: {
    discoveryApi: { getBaseUrl(pluginId: string): Promise<string> };
    fetchApi?: { fetch: typeof fetch };
  }) {
    this.#discoveryApi = options.discoveryApi;
    this.#fetchApi = options.fetchApi ?? { fetch };
  }

  async getOverview(
    entity: CompoundEntityRef,
    options?: DeliveryRequestOptions,
  ): Promise<OverviewResponse> {
    return this.#get(`${entityPath(entity)}/overview`, {}, options);
  }

  async getDeployments(
    entity: CompoundEntityRef,
    options?: DeliveryRequestOptions,
  ): Promise<DeploymentsResponse> {
    return this.#get(`${entityPath(entity)}/deployments`, {}, options);
  }

  async getPromotions(
    entity: CompoundEntityRef,
    request: PromotionsRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<PromotionsResponse> {
    return this.#get(
      `${entityPath(entity)}/promotions`,
      { ...request },
      options,
    );
  }

  async getImages(
    entity: CompoundEntityRef,
    request: ImagesRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<ImagesResponse> {
    return this.#get(`${entityPath(entity)}/images`, { ...request }, options);
  }

  async getVersions(
    entity: CompoundEntityRef,
    request: VersionsRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<VersionsResponse> {
    return this.#get(`${entityPath(entity)}/versions`, { ...request }, options);
  }

  async getFleet(
    request: FleetRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<FleetResponse> {
    return this.#get('fleet', { ...request }, options);
  }

  async getPerformance(
    request: PerformanceRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<PerformanceResponse> {
    return this.#get('performance', { ...request }, options);
  }

  async getApplication(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationDetails> {
    return this.#get(applicationPath(entity, application), {}, options);
  }

  async getApplicationResources(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationResources> {
    const path = applicationPath(entity, application);
    return this.#get(`${path}/resources`, {}, options);
  }

  async getApplicationDiff(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationDiffRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationDiff> {
    const path = applicationPath(entity, application);
    return this.#get(`${path}/diff`, { ...request }, options);
  }

  async getApplicationEvents(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationEventsRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<ApplicationEvents> {
    const path = applicationPath(entity, application);
    return this.#get(`${path}/events`, { ...request }, options);
  }

  async getInstances(
    options?: DeliveryRequestOptions,
  ): Promise<InstanceStatus[]> {
    const { items } = await this.#get<{ items: InstanceStatus[] }>(
      'instances',
      {},
      options,
    );
    return items;
  }

  async #get<T>(
    path: string,
    query: Record<string, string | number | undefined>,
    options?: DeliveryRequestOptions,
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(name, String(value));
      }
    }
    const response = await this.#fetchApi.fetch(
      `${baseUrl}/v1/${path}${search.size > 0 ? `?${encoded(search)}` : ''}`,
      {
        headers: options?.token
          ? { Authorization: `Bearer ${options.token}` }
          : undefined,
        signal: options?.signal,
      },
    );
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}

/**
 * `URLSearchParams` writes a space as a plus sign, which the backend's
 * validation rejects.
 */
function encoded(search: URLSearchParams): string {
  return search.toString().replace(/\+/g, '%20');
}

function entityPath({ kind, namespace, name }: CompoundEntityRef): string {
  return `entities/${[kind, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}

function applicationPath(
  entity: CompoundEntityRef,
  { instance, namespace, name }: ApplicationRef,
): string {
  return `${entityPath(entity)}/applications/${[instance, namespace, name]
    .map(encodeURIComponent)
    .join('/')}`;
}
