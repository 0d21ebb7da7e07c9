import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import { InfoCard } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { LoadMoreButton } from '../components/LoadMoreButton';
import { GREYED } from '../components/rowStyles';
import { Skeleton } from '../components/Skeleton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { TruncatedNote } from '../components/TruncatedNote';
import { useCardTitle } from '../components/useCardTitle';
import { useQueryParam } from '../components/useQueryParam';
import { deliveryTranslationRef } from '../translation';
import type { EnvironmentSummary } from './EnvironmentHeader';
import { ImageSelect } from './ImageSelect';
import { shownVersions, useVersions } from './useVersions';
import { VersionGrid } from './VersionGrid';

/** About as high as the versions of a service. */
const USUAL_LINES = 4;

const useStyles = makeStyles(
  theme => ({
    note: { padding: theme.spacing(2), color: theme.palette.text.secondary },
    select: { padding: theme.spacing(1, 2) },
    stale: { color: theme.palette.text.secondary, ...GREYED },
  }),
  { name: 'LandfallVersionsCard' },
);

/**
 * Which version is, or was, in which environment. The page's query string keeps
 * the selected image (`repository`).
 *
 * @internal
 */
export function VersionsCard(props: {
  entityRef: CompoundEntityRef;
  /** By environment; absent until it is read. */
  summaries?: ReadonlyMap<string, EnvironmentSummary>;
  /**
   * The rest of the card isn't known yet. Parts that come one after the other would
   * move those that are there.
   */
  isWaiting: boolean;
  /** How fresh the page's data is. */
  action: ReactNode;
  /** What is wrong with the entity's applications, or needs attention. */
  children?: ReactNode;
}) {
  const { entityRef, summaries, isWaiting, action, children } = props;
  const { name } = entityRef;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const cardTitle = useCardTitle();
  const classes = useStyles();
  const [repository, setRepository] = useQueryParam('repository');
  const versions = useVersions(entityRef, { repository });
  const { data, error, isStale } = versions;
  return (
    <InfoCard
      title={t('versions.title')}
      titleTypographyProps={cardTitle}
      action={action}
      noPadding
    >
      <SteadyPart
        part="versions"
        scope={stringifyEntityRef(entityRef)}
        state={isWaiting ? 'loading' : partStateOf(versions)}
        placeholder={height => (
          <Skeleton
            lines={USUAL_LINES}
            height={height}
            label={t('versions.loading')}
          />
        )}
      >
        {children}
        {error && (
          <ErrorNotice
            sentence={t(
              data ? 'versions.error.reread' : 'versions.error.read',
              {
                name,
              },
            )}
            error={error}
            onRetry={versions.refresh}
          />
        )}
        {data && (
          <div
            className={error || isStale ? classes.stale : ''}
            aria-busy={isStale}
          >
            <TruncatedNote truncated={data.truncated} />
            {(data.repositories.length > 1 || repository) && (
              <div className={classes.select}>
                <ImageSelect
                  repositories={data.repositories}
                  value={repository ?? data.repository}
                  onChange={setRepository}
                />
              </div>
            )}
            {shownVersions(data).length > 0 ? (
              <VersionGrid versions={data} summaries={summaries} />
            ) : (
              <Typography variant="body2" className={classes.note}>
                {data.repository
                  ? t('versions.empty.none', {
                      name,
                      repository: data.repository,
                    })
                  : t('versions.empty.noImage', { name })}
              </Typography>
            )}
            <LoadMoreButton list={versions} />
          </div>
        )}
      </SteadyPart>
    </InfoCard>
  );
}
