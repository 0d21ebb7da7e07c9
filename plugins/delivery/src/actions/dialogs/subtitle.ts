import type { ActionTarget } from '../actionsContext';
import type { Shown } from '../useShownApplication';

/** Where an action happens, such as `dev · main`. @internal */
export function subtitleOf(
  { application }: ActionTarget,
  shown: Shown | undefined,
): string {
  return [shown?.details.environment, application.instance]
    .filter(Boolean)
    .join(' · ');
}
