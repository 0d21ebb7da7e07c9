import type { TracingService } from '@backstage/backend-plugin-api/alpha';

/**
 * Runs work in a span of its own, if there is a tracing service. Spans have the
 * names `delivery.<what>`; as with metrics, no attribute names an application or a
 * repository.
 *
 * @internal
 */
export async function traced<T>(
  tracing: TracingService | undefined,
  name: 'list' | 'events' | 'reduce' | 'publish',
  attributes: Record<string, string | number>,
  work: () => Promise<T>,
): Promise<T> {
  return tracing
    ? tracing.startActiveSpan(
        `delivery.${name}`,
        {
          attributes: Object.fromEntries(
            Object.entries(attributes).map(([key, value]) => [
              `delivery.${key}`,
              value,
            ]),
          ),
        },
        work,
      )
    : work();
}
