import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  inTopic,
  type InstanceStatus,
} from '@landfall/backstage-plugin-delivery-common';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { Skeleton } from '../components/Skeleton';
import type { Fresh } from '../live';
import { deliveryTranslationRef, useMessageFormat } from '../translation';

/**
 * A part of the drawer that loads by itself: placeholders, then what was read, and
 * an error with what is known.
 *
 * @internal
 */
export function LivePart<T>(props: {
  read: Fresh<T>;
  /** Name of the application. */
  application: string;
  /** What is loading, for screen readers. */
  loading: string;
  lines?: number;
  children(data: T): ReactNode;
}) {
  const { read, application, loading, lines, children } = props;
  const { data, error, refresh } = read;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      {error && (
        <ErrorNotice
          sentence={t(
            data === undefined
              ? 'application.error.read'
              : 'application.error.reread',
            { application },
          )}
          error={error}
          onRetry={refresh}
        />
      )}
      {data !== undefined && children(data)}
      {data === undefined && !error && (
        <Skeleton lines={lines} label={loading} />
      )}
    </>
  );
}

/**
 * Why the backend couldn't read something from Argo CD.
 *
 * @internal
 */
export function UpstreamError(props: {
  part: 'resources' | 'sync' | 'rollouts' | 'diff' | 'events';
  error: NonNullable<InstanceStatus['error']>;
  onRetry(): void;
}) {
  const { part, error, onRetry } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const reason = format.message(inTopic('instance', error));
  return (
    <ErrorNotice
      sentence={t(`application.error.${part}`, {
        reason,
        interpolation: { escapeValue: false },
      })}
      error={{ message: error.detail ? format.message(error.detail) : reason }}
      onRetry={onRetry}
    />
  );
}
