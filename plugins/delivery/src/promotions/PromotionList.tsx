import type { CompoundEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { ErrorNotice } from '../components/ErrorNotice';
import { LoadMoreButton } from '../components/LoadMoreButton';
import { TruncatedNote } from '../components/TruncatedNote';
import { deliveryTranslationRef } from '../translation';
import { distinctionsOf } from './distinctions';
import { parseOutcome } from './outcome';
import { PromotionFilterBar } from './PromotionFilterBar';
import { PromotionRow } from './PromotionRow';
import { PromotionsSkeleton } from './PromotionsSkeleton';
import { useExpanded } from './useExpanded';
import { useLinkedPromotion } from './useLinkedPromotion';
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
}

/**
 * How versions came into an entity's applications, newest first. The page's
 * query string keeps the filters (`environment`, `outcome`), and `#promotion-…`
 * points to one promotion.
 *
 * @internal
 */
export function PromotionList(props: PromotionListProps) {
  const { entityRef, environments } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const titleId = useId();
  const [environment, setEnvironment] = useQueryParam('environment');
  const [outcomeParam, setOutcome] = useQueryParam('outcome');
  const outcome = parseOutcome(outcomeParam);

  const promotions = usePromotions(entityRef, { environment, outcome });
  const { data, items, isStale, error } = promotions;
  const linked = useLinkedPromotion(promotions);
  const [expanded, toggle] = useExpanded(linked.id);
  const distinctions = distinctionsOf(items ?? []);

  const clearFilters = () => {
    setEnvironment(undefined);
    setOutcome(undefined);
  };

  return (
    <section aria-labelledby={titleId} className={classes.root}>
      <div className={classes.head}>
        <Typography id={titleId} variant="h6" component="h2">
          {t('promotion.title')}
        </Typography>
        <PromotionFilterBar
          environments={environments}
          filters={{ environment, outcome }}
          onEnvironmentChange={setEnvironment}
          onOutcomeChange={setOutcome}
        />
      </div>
      {error && (
        <ErrorNotice
          sentence={t(
            items ? 'promotion.list.errorStale' : 'promotion.list.error',
          )}
          error={error}
          onRetry={promotions.refresh}
        />
      )}
      {linked.isMissing && (
        <Typography variant="body2" className={classes.note}>
          {t('promotion.list.linkedNotFound')}
        </Typography>
      )}
      <TruncatedNote truncated={data?.truncated} />
      {!items && !error && <PromotionsSkeleton />}
      {items?.length === 0 && (
        <Typography variant="body2" className={classes.note}>
          {environment || outcome
            ? t('promotion.list.emptyFiltered')
            : t('promotion.list.empty')}{' '}
          {(environment || outcome) && (
            <Button size="small" color="primary" onClick={clearFilters}>
              {t('promotion.list.clearFilters')}
            </Button>
          )}
        </Typography>
      )}
      {items && items.length > 0 && (
        <ul
          aria-labelledby={titleId}
          aria-busy={isStale}
          className={`${classes.list} ${isStale ? classes.stale : ''}`}
        >
          {items.map(promotion => (
            <PromotionRow
              key={promotion.id}
              promotion={promotion}
              isExpanded={expanded.has(promotion.id)}
              isLinked={linked.id === promotion.id}
              distinction={distinctions.get(promotion.id)}
              onToggle={toggle}
            />
          ))}
        </ul>
      )}
      <LoadMoreButton list={promotions} />
    </section>
  );
}
