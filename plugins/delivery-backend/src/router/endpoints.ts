import type {
  ActionRecord,
  ActionsRequest,
  ActionsResponse,
  ApplicationDetails,
  ApplicationDiff,
  ApplicationDiffRequest,
  ApplicationEvents,
  ApplicationEventsRequest,
  ApplicationResources,
  AvailableActions,
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
  VersionChangePreview,
  VersionsRequest,
  VersionsResponse,
  WouldUpdateRequest,
  WouldUpdateResponse,
} from '@landfall/backstage-plugin-delivery-common';

interface EntityPath {
  kind: string;
  namespace: string;
  name: string;
}

/** @internal */
export interface ApplicationPath extends EntityPath {
  instance: string;
  applicationNamespace: string;
  applicationName: string;
}

/**
 * What the endpoints of `openapi.yaml` take and return, in the types that the
 * frontend's client shares.
 *
 * @internal
 */
export type EndpointMap = {
  '#get|/v1/entities/{kind}/{namespace}/{name}/overview': {
    path: EntityPath;
    response: OverviewResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/deployments': {
    path: EntityPath;
    response: DeploymentsResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/promotions': {
    path: EntityPath;
    query: PromotionsRequest;
    response: PromotionsResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/images': {
    path: EntityPath;
    query: ImagesRequest;
    response: ImagesResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/versions': {
    path: EntityPath;
    query: VersionsRequest;
    response: VersionsResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/would-update': {
    path: EntityPath;
    query: WouldUpdateRequest;
    response: WouldUpdateResponse;
  };
  '#get|/v1/image-users': {
    query: ImageUsersRequest;
    response: ImageUsersResponse;
  };
  '#get|/v1/fleet': {
    query: FleetRequest;
    response: FleetResponse;
  };
  '#get|/v1/performance': {
    query: PerformanceRequest;
    response: PerformanceResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}': {
    path: ApplicationPath;
    response: ApplicationDetails;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/resources': {
    path: ApplicationPath;
    response: ApplicationResources;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/diff': {
    path: ApplicationPath;
    query: ApplicationDiffRequest;
    response: ApplicationDiff;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/events': {
    path: ApplicationPath;
    query: ApplicationEventsRequest;
    response: ApplicationEvents;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/actions': {
    path: ApplicationPath;
    response: AvailableActions;
  };
  '#post|/v1/entities/{kind}/{namespace}/{name}/applications/{instance}/{applicationNamespace}/{applicationName}/actions': {
    path: ApplicationPath;
    body: object;
    response: ActionRecord;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/actions': {
    path: EntityPath;
    query: ActionsRequest;
    response: ActionsResponse;
  };
  '#post|/v1/entities/{kind}/{namespace}/{name}/actions/{actionId}/decision': {
    path: EntityPath & { actionId: string };
    body: object;
    response: ActionRecord;
  };
  '#post|/v1/version-changes/preview': {
    body: object;
    response: VersionChangePreview;
  };
  '#post|/v1/version-changes': {
    body: object;
    response: { items: ActionRecord[] };
  };
  '#get|/v1/instances': {
    response: { items: InstanceStatus[] };
  };
};
