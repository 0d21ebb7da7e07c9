import {
  type CompoundEntityRef,
  parseEntityRef,
} from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  daysOfPeriod,
  isDay,
  lastDays,
  MAX_PERFORMANCE_DAYS,
  type PerformancePeriod,
  type PerformanceRequest,
} from '@landfall/backstage-plugin-delivery-common';

const DEFAULT_DAYS = 28;

/**
 * The period that a request asks for; by default, the last 28 days. Throws an
 * `InputError` if there is no such period, or if it is too long.
 *
 * @internal
 */
export function toPeriod(
  { from, to, interval }: PerformanceRequest,
  now: Date,
): PerformancePeriod {
  const last = to === undefined ? lastDays(1, now).to : toDay('to', to);
  const first =
    from === undefined
      ? lastDays(DEFAULT_DAYS, new Date(`${last}T00:00:00Z`)).from
      : toDay('from', from);
  const period = { from: first, to: last, interval: interval ?? 'day' };
  const days = daysOfPeriod(period);
  if (days < 1) {
    throw new InputError(
      `The period ends before it begins: 'from' is ${first}, 'to' is ${last}`,
    );
  }
  if (days > MAX_PERFORMANCE_DAYS) {
    throw new InputError(
      `The period has ${days} days. Ask for ${MAX_PERFORMANCE_DAYS} at most.`,
    );
  }
  return period;
}

function toDay(name: string, text: string): string {
  if (!isDay(text)) {
    throw new InputError(
      `'${name}' isn't a day of the calendar. Write it like 2026-11-30.`,
    );
  }
  return text;
}

/**
 * The entity that a request is about; undefined if it is about services. Throws an
 * `InputError` if it isn't an entity ref, or if the request is about both.
 *
 * @internal
 */
export function toEntityRef({
  entity,
  owner,
  system,
}: PerformanceRequest): CompoundEntityRef | undefined {
  if (entity === undefined) {
    return undefined;
  }
  if (owner !== undefined || system !== undefined) {
    throw new InputError(
      "Ask either for one 'entity', or for the services of an 'owner' or a 'system'.",
    );
  }
  try {
    return parseEntityRef(entity);
  } catch (error) {
    throw new InputError(
      "'entity' isn't a full entity ref. Write it like component:default/api.",
      error,
    );
  }
}
