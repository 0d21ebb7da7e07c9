import type {
  DeploymentsResponse,
  ImagesResponse,
  InstanceStatus,
  PromotionsResponse,
} from '@landfall/backstage-plugin-delivery-common';

interface EntityPath {
  kind: string;
  namespace: string;
  name: string;
}

/**
 * What the endpoints of `openapi.yaml` take and answer, in the types that the
 * frontend's client shares.
 *
 * @internal
 */
export type EndpointMap = {
  '#get|/v1/entities/{kind}/{namespace}/{name}/deployments': {
    path: EntityPath;
    response: DeploymentsResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/promotions': {
    path: EntityPath;
    query: {
      limit?: number;
      cursor?: string;
      environment?: string;
      repository?: string;
      outcome?: string;
    };
    response: PromotionsResponse;
  };
  '#get|/v1/entities/{kind}/{namespace}/{name}/images': {
    path: EntityPath;
    query: { limit?: number; cursor?: string; repository?: string };
    response: ImagesResponse;
  };
  '#get|/v1/instances': {
    response: { items: InstanceStatus[] };
  };
};
