import type { ImagesRequest } from '@landfall/backstage-plugin-delivery-common';

/**
 * A request for images whose limit is known.
 *
 * @internal
 */
export interface ImagesQuery extends ImagesRequest {
  limit: number;
}
