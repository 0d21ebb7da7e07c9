import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { toError, type ErrorLike } from '@backstage/errors';
import type {
  VersionChangePreview,
  VersionChangeRequest,
} from '@landfall/backstage-plugin-delivery-common';
import { useState } from 'react';
import { deliveryActionsApiRef } from '../../api';
import { formatApplication } from '../../application/applicationParam';
import type { ActionTarget } from '../actionsContext';
import { useReading } from '../useReading';

/** What somebody wants to change, before the states of the applications are known. @internal */
export interface VersionChangeDraft
  extends Pick<VersionChangeRequest, 'action' | 'via' | 'hold'> {
  targets: (ActionTarget & {
    /** Image repository, without a tag. */
    repository: string;
  })[];
  /** Not for `resume-updates`. */
  tag?: string;
}

/** @internal */
export interface PreviewState {
  isReading: boolean;
  /** What the preview is about, and what a confirmation sends. */
  request?: VersionChangeRequest;
  preview?: VersionChangePreview;
  error?: ErrorLike;
  refresh(): void;
}

/**
 * What a change of versions would do. What is confirmed is the request that was
 * previewed, with the states that the applications had then.
 *
 * @internal
 * @param draft - undefined: nothing is chosen yet
 */
export function usePreview(
  draft: VersionChangeDraft | undefined,
): PreviewState {
  const api = useApi(deliveryActionsApiRef);
  const [attempts, setAttempts] = useState(0);
  const [state, setState] = useState<Omit<PreviewState, 'refresh'>>({
    isReading: false,
  });
  useReading(`${attempts} ${draft ? idOf(draft) : ''}`, signal => {
    if (!draft) {
      setState({ isReading: false });
      return;
    }
    const read = async () => {
      const request = await toRequest(draft, target =>
        api.getAvailableActions(target.entityRef, target.application, {
          signal,
        }),
      );
      const preview = await api.previewVersionChange(request, { signal });
      return { request, preview };
    };
    // What was read before stays until there is something newer.
    setState(before => ({ ...before, isReading: true, error: undefined }));
    read().then(
      result => !signal.aborted && setState({ isReading: false, ...result }),
      cause =>
        !signal.aborted &&
        setState({ isReading: false, error: toError(cause) }),
    );
  });
  return { ...state, refresh: () => setAttempts(before => before + 1) };
}

async function toRequest(
  draft: VersionChangeDraft,
  read: (target: ActionTarget) => Promise<{ actionKey?: string }>,
): Promise<VersionChangeRequest> {
  const { action, via, hold, tag, targets } = draft;
  const items = targets.map(async target => {
    const { actionKey = '' } = await read(target);
    return {
      entityRef: stringifyEntityRef(target.entityRef),
      application: target.application,
      expected: { actionKey },
      repository: target.repository,
      ...(tag !== undefined && { tag }),
    };
  });
  return {
    action,
    items: await Promise.all(items),
    ...(via && { via }),
    ...(hold !== undefined && { hold }),
  };
}

/** The same for drafts that ask for the same. */
function idOf({ targets, ...rest }: VersionChangeDraft): string {
  return JSON.stringify([
    rest,
    targets.map(({ entityRef, application, repository }) => [
      stringifyEntityRef(entityRef),
      formatApplication(application),
      repository,
    ]),
  ]);
}
