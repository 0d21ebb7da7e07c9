import type { CompoundEntityRef } from '@backstage/catalog-model';
import { ResponseError } from '@backstage/errors';
import type {
  ActionRecord,
  ApplicationActionRequest,
  AvailableActions,
  DeliveryActionOptions,
  DeliveryActionsApi,
  VersionChangePreview,
  VersionChangeRequest,
} from '../actions';
import type { ApplicationRef } from '../model/application';
import type { DeliveryApi, DeliveryRequestOptions } from './DeliveryApi';
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
  ImageUsersRequest,
  ImageUsersResponse,
  InstanceStatus,
  OverviewResponse,
  PerformanceRequest,
  PerformanceResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
  WouldUpdateRequest,
  WouldUpdateResponse,
} from './types';
import { applicationPath, encoded, entityPath } from './paths';

/**
 * The client of Landfall's API, for frontends and backends.
 *
 * @public
 */
export class DeliveryClient implements DeliveryApi, DeliveryActionsApi {
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

  async getWouldUpdate(
    entity: CompoundEntityRef,
    request: WouldUpdateRequest = {},
    options?: DeliveryRequestOptions,
  ): Promise<WouldUpdateResponse> {
    const path = `${entityPath(entity)}/would-update`;
    return this.#get(path, { ...request }, options);
  }

  async getImageUsers(
    request: ImageUsersRequest,
    options?: DeliveryRequestOptions,
  ): Promise<ImageUsersResponse> {
    return this.#get('image-users', { ...request }, options);
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

  async getAvailableActions(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    options?: DeliveryRequestOptions,
  ): Promise<AvailableActions> {
    const path = applicationPath(entity, application);
    return this.#get(`${path}/actions`, {}, options);
  }

  async startAction(
    entity: CompoundEntityRef,
    application: ApplicationRef,
    request: ApplicationActionRequest,
    options: DeliveryActionOptions,
  ): Promise<ActionRecord> {
    const path = applicationPath(entity, application);
    return this.#post(`${path}/actions`, request, options);
  }

  async getActions(
    entity: CompoundEntityRef,
    request: { cursor?: string; limit?: number } = {},
    options?: DeliveryRequestOptions,
  ): Promise<{ items: ActionRecord[]; nextCursor?: string }> {
    return this.#get(`${entityPath(entity)}/actions`, { ...request }, options);
  }

  async decideAction(
    entity: CompoundEntityRef,
    { id, ...decision }: { id: string; approve: boolean; reason?: string },
    options?: DeliveryRequestOptions,
  ): Promise<ActionRecord> {
    return this.#post(
      `${entityPath(entity)}/actions/${encodeURIComponent(id)}/decision`,
      decision,
      options,
    );
  }

  async previewVersionChange(
    request: VersionChangeRequest,
    options?: DeliveryRequestOptions,
  ): Promise<VersionChangePreview> {
    return this.#post('version-changes/preview', request, options);
  }

  async startVersionChange(
    request: VersionChangeRequest,
    options: DeliveryActionOptions,
  ): Promise<{ items: ActionRecord[] }> {
    return this.#post('version-changes', request, options);
  }

  async #get<T>(
    path: string,
    query: Record<string, string | number | undefined>,
    options?: DeliveryRequestOptions,
  ): Promise<T> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined) {
        search.set(name, String(value));
      }
    }
    return this.#fetch(
      `${path}${search.size > 0 ? `?${encoded(search)}` : ''}`,
      {},
      options,
    );
  }

  async #post<T>(
    path: string,
    body: object,
    options: Partial<DeliveryActionOptions> = {},
  ): Promise<T> {
    const { idempotencyKey } = options;
    return this.#fetch(
      path,
      {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          ...(idempotencyKey && { 'Idempotency-Key': idempotencyKey }),
        },
        body: JSON.stringify(body),
      },
      options,
    );
  }

  async #fetch<T>(
    path: string,
    init: { method?: string; headers?: Record<string, string>; body?: string },
    options?: DeliveryRequestOptions,
  ): Promise<T> {
    const baseUrl = await this.#discoveryApi.getBaseUrl('delivery');
    const authorization = options?.token
      ? { Authorization: `Bearer ${options.token}` }
      : undefined;
    const response = await this.#fetchApi.fetch(`${baseUrl}/v1/${path}`, {
      ...init,
      headers:
        init.headers || authorization
          ? { ...init.headers, ...authorization }
          : undefined,
      signal: options?.signal,
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response);
    }
    return response.json();
  }
}
