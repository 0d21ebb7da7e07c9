import type {
  DeploymentsResponse,
  ImagesRequest,
  ImagesResponse,
  InstanceStatus,
  OverviewResponse,
  PromotionsRequest,
  PromotionsResponse,
  VersionsRequest,
  VersionsResponse,
} from '@landfall/backstage-plugin-delivery-common';

interface EntityPath {
  kind: string;
  namespace: string;
  name: string;
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
  '#get|/v1/instances': {
    response: { items: InstanceStatus[] };
  };
};
