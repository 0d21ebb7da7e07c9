import {
  stringifyEntityRef,
  type CompoundEntityRef,
} from '@backstage/catalog-model';
import {
  groupPromotions,
  type PromotionGroup,
  type PromotionItem,
} from '@landfall/backstage-plugin-delivery-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId, useMemo } from 'react';
import { RecordRow, useTimelineActions } from '../actions';
import { ErrorNotice } from '../components/ErrorNotice';
import { LoadMoreButton } from '../components/LoadMoreButton';
import { partStateOf, SteadyPart } from '../components/SteadyPart';
import { TruncatedNote } from '../components/TruncatedNote';
import { deliveryTranslationRef } from '../translation';
import { distinctionsOf, withoutHost } from './distinctions';
import { parseOutcome } from './outcome';
import { PromotionFilterBar } from './PromotionFilterBar';
import { PromotionGroupRow } from './PromotionGroupRow';
import { PromotionRow } from './PromotionRow';
import { PromotionsSkeleton } from './PromotionsSkeleton';
import { matchingRecords, toTimeline } from './timeline';
import { useExpanded } from './useExpanded';
import { useLinkedPromotion } from './useLinkedPromotion';
import { useOpenGroups } from './useOpenGroups';
import { usePromotions } from './usePromotions';
import { useQueryParam } from '../components/useQueryParam';

const useStyles = makeStyles(
  theme => ({
    // On the page's own grey, grey texts have too little contrast.
    root: {
      padding: theme.spacing(2),
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
    },
    head: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      marginBottom: theme.spacing(2),
    },
    list: {
      margin: 0,
      padding: 0,
      transition: 'opacity 200ms',
    },
    stale: { opacity: 0.5 },
    note: { padding: theme.spacing(1), color: theme.palette.text.secondary },
  }),
  { name: 'LandfallPromotionList' },
);

/** @internal */
export interface PromotionListProps {
  entityRef: CompoundEntityRef;
  /** The environments to offer, in this order. */
  environments: string[];
  /** The images to offer, in this order. */
  repositories: string[];
}

/**
 * How versions came into an entity's applications, newest first. A version that
 * comes into several is one row. What people did is listed among them. The page's query string keeps the filters
 * (`environment`, `repository`, `outcome`) and the open group (`group`), and
 * `#promotion-…` points to one promotion.
 *
 * @internal
 */
export function PromotionList(props: PromotionListProps) {
  const { entityRef, environments, repositories } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const [environment, setEnvironment] = useQueryParam('environment');
  const [repository, setRepository] = useQueryParam('repository');
  const [outcomeParam, setOutcome] = useQueryParam('outcome');
  const outcome = parseOutcome(outcomeParam);

  const filters = { environment, repository, outcome };
  const promotions = usePromotions(entityRef, filters);
  const actions = useTimelineActions(entityRef);
  const { data, items, isStale, error } = promotions;
  const linked = useLinkedPromotion(promotions);
  const [expanded, toggle] = useExpanded(linked.id);
  const groups = useMemo(() => groupPromotions(items ?? []), [items]);
  const timeline = toTimeline(
    groups,
    matchingRecords(actions?.data?.items ?? [], filters),
    { hasMore: promotions.hasMore },
  );
  const [openGroups, toggleGroup] = useOpenGroups(groups, linked.id);
  const distinctions = distinctionsOf(items ?? []);
  const hasSeveralImages = items?.some(
    item => item.repository !== items[0].repository,
  );
  const isFiltered = Boolean(environment || repository || outcome);

  const clearFilters = () => {
    setEnvironment(undefined);
    setRepository(undefined);
    setOutcome(undefined);
  };

  const rowOf = (promotion: PromotionItem) => (
    <PromotionRow
      key={promotion.id}
      promotion={promotion}
      isExpanded={expanded.has(promotion.id)}
      isLinked={linked.id === promotion.id}
      distinction={distinctions.get(promotion.id)}
      onToggle={toggle}
    />
  );

  const groupRowOf = (group: PromotionGroup<PromotionItem>) =>
    group.promotions.length > 1 ? (
      <PromotionGroupRow
        key={group.id}
        group={group}
        environments={environments}
        image={
          hasSeveralImages
            ? withoutHost(group.promotions[0].repository)
            : undefined
        }
        isOpen={openGroups.has(group.id)}
        onToggle={toggleGroup}
      >
        {group.promotions.map(rowOf)}
      </PromotionGroupRow>
    ) : (
      rowOf(group.promotions[0])
    );

  return (
    <section aria-labelledby={titleId} className={classes.root}>
      <div className={classes.head}>
        <Typography id={titleId} variant="h6" component="h2">
          {t('promotion.title')}
        </Typography>
        <PromotionFilterBar
          environments={environments}
          repositories={repositories}
          filters={filters}
          onEnvironmentChange={setEnvironment}
          onRepositoryChange={setRepository}
          onOutcomeChange={setOutcome}
        />
      </div>
      <SteadyPart
        part="promotions"
        scope={stringifyEntityRef(entityRef)}
        // Actions that come later would move the promotions between which they are.
        state={
          actions && partStateOf(actions) === 'loading'
            ? 'loading'
            : partStateOf(promotions)
        }
        placeholder={height => <PromotionsSkeleton height={height} />}
      >
        {error && (
          <ErrorNotice
            sentence={t(
              items ? 'promotion.list.errorStale' : 'promotion.list.error',
            )}
            error={error}
            onRetry={promotions.refresh}
          />
        )}
        {actions?.error && (
          <ErrorNotice
            sentence={t('action.records.error')}
            error={actions.error}
            onRetry={actions.refresh}
          />
        )}
        {linked.isMissing && (
          <Typography variant="body2" className={classes.note}>
            {t('promotion.list.linkedNotFound')}
          </Typography>
        )}
        <TruncatedNote truncated={data?.truncated} />
        {items && timeline.length === 0 && (
          <Typography variant="body2" className={classes.note}>
            {isFiltered
              ? t('promotion.list.emptyFiltered')
              : t('promotion.list.empty')}{' '}
            {isFiltered && (
              <Button size="small" color="primary" onClick={clearFilters}>
                {t('promotion.list.clearFilters')}
              </Button>
            )}
          </Typography>
        )}
        {items && timeline.length > 0 && (
          <ul
            aria-labelledby={titleId}
            aria-busy={isStale}
            className={`${classes.list} ${isStale ? classes.stale : ''}`}
          >
            {timeline.map(item =>
              'record' in item ? (
                <RecordRow
                  key={item.record.id}
                  entityRef={entityRef}
                  record={item.record}
                />
              ) : (
                groupRowOf(item.group)
              ),
            )}
          </ul>
        )}
        {actions?.data?.nextCursor && !promotions.hasMore && (
          <Typography variant="body2" className={classes.note}>
            {t('action.records.more')}
          </Typography>
        )}
        <LoadMoreButton list={promotions} />
      </SteadyPart>
    </section>
  );
}
