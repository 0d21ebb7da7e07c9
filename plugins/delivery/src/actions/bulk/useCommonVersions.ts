import {
  type CompoundEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import { useState } from 'react';
import { deliveryApiRef } from '../../api';
import { useReading } from '../useReading';
import { settableTags, VERSION_LIMIT } from '../versions/useVersionChoices';
import { commonVersions, type CommonVersion } from './commonVersions';

/** An image of a service. @internal */
interface ServiceImage {
  entityRef: CompoundEntityRef;
  /** Image repository, without a tag. */
  repository: string;
}

/** @internal */
export interface CommonVersions {
  isReading: boolean;
  versions: CommonVersion[];
  /** How many services were asked. */
  services: number;
  /** How many of them couldn't be read. */
  unread: number;
}

const NOTHING: CommonVersions = {
  isReading: false,
  versions: [],
  services: 0,
  unread: 0,
};

/**
 * The known versions of several services' images.
 *
 * @internal
 * @param images - undefined: not known yet, so nothing is read
 */
export function useCommonVersions(
  images: readonly ServiceImage[] | undefined,
): CommonVersions {
  const api = useApi(deliveryApiRef);
  const [state, setState] = useState(NOTHING);
  const wanted = new Map(
    (images ?? []).map(image => [
      `${stringifyEntityRef(image.entityRef)} ${image.repository}`,
      image,
    ]),
  );
  useReading([...wanted.keys()].join(' '), signal => {
    if (wanted.size === 0) {
      setState(NOTHING);
      return;
    }
    const read = async ({ entityRef, repository }: ServiceImage) =>
      settableTags(
        await api.getVersions(
          entityRef,
          { repository, limit: VERSION_LIMIT },
          { signal },
        ),
      );
    setState({ ...NOTHING, isReading: true });
    Promise.allSettled([...wanted.values()].map(read)).then(results => {
      if (signal.aborted) {
        return;
      }
      const tags = results.flatMap(result =>
        result.status === 'fulfilled' ? [result.value] : [],
      );
      setState({
        isReading: false,
        versions: commonVersions(tags),
        services: results.length,
        unread: results.length - tags.length,
      });
    });
  });
  return state;
}
