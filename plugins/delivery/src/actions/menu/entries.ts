import type {
  ActionAvailability,
  ActionCode,
} from '@landfall/backstage-plugin-delivery-common';

/**
 * An entry of the menu. Several actions of a Rollout are one entry.
 *
 * @internal
 */
export type MenuEntryId = Exclude<ActionCode, `rollout-${string}`> | 'rollout';

/** An entry, as far as it is known whether it is allowed. @internal */
export interface MenuEntry {
  id: MenuEntryId;
  /** Undefined while that is being read. */
  availability?: ActionAvailability;
  /** It can be chosen. */
  opens?: boolean;
}

const ROLLOUT: ActionCode[] = [
  'rollout-promote',
  'rollout-promote-full',
  'rollout-abort',
  'rollout-retry',
  'rollout-restart',
];

const IDS: MenuEntryId[] = [
  'refresh',
  'hard-refresh',
  'sync',
  'terminate',
  'rollback',
  'rollout',
  'promote',
  'revert',
  'resume-updates',
];

/**
 * The entries of the menu, in their order. An action that the backend doesn't offer
 * has none.
 *
 * @internal
 */
export function toMenuEntries(
  available: readonly ActionAvailability[] | undefined,
): MenuEntry[] {
  return IDS.flatMap((id): MenuEntry[] => {
    if (!available) {
      return [{ id }];
    }
    const codes: ActionCode[] = id === 'rollout' ? ROLLOUT : [id];
    const own = available.filter(({ action }) => codes.includes(action));
    const availability = own.find(({ allowed }) => allowed) ?? own.at(0);
    return availability
      ? [
          {
            id,
            availability,
            opens: availability.allowed || explains(availability),
          },
        ]
      : [];
  });
}

/**
 * Whether a dialog opens although its action is refused: that of a rollback leads to
 * what works instead.
 *
 * @internal
 */
export function explains({ refusal }: ActionAvailability): boolean {
  return refusal?.code === 'action.automated-sync';
}
