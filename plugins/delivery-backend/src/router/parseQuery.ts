import { InputError } from '@backstage/errors';
import {
  type ActionsRequest,
  type ApplicationDiffRequest,
  type ApplicationEventsRequest,
  FLEET_STATES,
  type FleetRequest,
  type ImagesRequest,
  type ImageUsersRequest,
  PERFORMANCE_INTERVALS,
  type PerformanceRequest,
  type PromotionsRequest,
  type VersionsRequest,
  type WouldUpdateRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { z } from 'zod';
import { spec } from '../schema/openapi/generated/router';

const { parameters } = spec.components;

const promotions = z.object({
  limit: limit(parameters.limit.schema),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
  outcome: z
    .enum(['open', 'live', 'failed', 'superseded', 'rolled-back', 'abandoned'])
    .optional(),
});

const images = z.object({
  limit: limit(parameters.imagesLimit.schema),
  cursor: z.string().optional(),
  repository: z.string().optional(),
});

const fleet = z.object({
  limit: limit(parameters.fleetLimit.schema),
  cursor: z.string().optional(),
  search: z.string().trim().optional(),
  owner: z.string().optional(),
  system: z.string().optional(),
  environment: z.string().optional(),
  cluster: z.string().optional(),
  instance: z.string().optional(),
  state: z.enum(FLEET_STATES).optional(),
  sort: z.enum(parameters.fleetSort.schema.enum).optional(),
});

const performance = z.object({
  entity: z.string().optional(),
  owner: z.string().optional(),
  system: z.string().optional(),
  environment: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
  interval: z.enum(PERFORMANCE_INTERVALS).optional(),
});

const versions = z.object({
  limit: limit(parameters.versionsLimit.schema),
  cursor: z.string().optional(),
  environment: z.string().optional(),
  repository: z.string().optional(),
});

const wouldUpdate = z.object({
  repository: z.string().optional(),
  tag: z.string().optional(),
  environment: z.string().optional(),
});

const imageUsers = z.object({
  limit: limit(parameters.imageUsersLimit.schema),
  repository: z.string(),
  tag: z.string().optional(),
  digest: z.string().optional(),
  environment: z.string().optional(),
});

const actions = z.object({
  limit: limit(parameters.limit.schema),
  cursor: z.string().optional(),
});

const diff = z.object({
  group: z.string().optional(),
  kind: z.string(),
  namespace: z.string().optional(),
  name: z.string(),
});

const events = z.object({ resource: z.string().optional() });

/** @internal */
export function parsePromotionsQuery(query: unknown): PromotionsRequest {
  return parse(promotions, query);
}

/** @internal */
export function parseImagesQuery(query: unknown): ImagesRequest {
  return parse(images, query);
}

/** @internal */
export function parseFleetQuery(query: unknown): FleetRequest {
  return parse(fleet, query);
}

/** @internal */
export function parsePerformanceQuery(query: unknown): PerformanceRequest {
  return parse(performance, query);
}

/** @internal */
export function parseVersionsQuery(query: unknown): VersionsRequest {
  return parse(versions, query);
}

/** @internal */
export function parseWouldUpdateQuery(query: unknown): WouldUpdateRequest {
  return parse(wouldUpdate, query);
}

/** @internal */
export function parseImageUsersQuery(query: unknown): ImageUsersRequest {
  return parse(imageUsers, query);
}

/** @internal */
export function parseActionsQuery(query: unknown): ActionsRequest {
  return parse(actions, query);
}

/** @internal */
export function parseDiffQuery(query: unknown): ApplicationDiffRequest {
  return parse(diff, query);
}

/** @internal */
export function parseEventsQuery(query: unknown): ApplicationEventsRequest {
  return parse(events, query);
}

function limit(schema: { minimum: number; maximum: number; default: number }) {
  return z.coerce
    .number()
    .int()
    .min(schema.minimum)
    .max(schema.maximum)
    .default(schema.default);
}

function parse<T>(schema: z.ZodType<T>, query: unknown): T {
  const parsed = schema.safeParse(query);
  if (!parsed.success) {
    throw new InputError(
      `The query is malformed: ${z.prettifyError(parsed.error)}`,
    );
  }
  return parsed.data;
}
