import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { deliveryTranslationRef } from '../translation';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      justifyContent: 'center',
      padding: theme.spacing(1),
    },
  }),
  { name: 'LandfallLoadMoreButton' },
);

/**
 * Reads the next page of a list; absent on the last one.
 *
 * @internal
 */
export function LoadMoreButton(props: {
  list: {
    hasMore: boolean;
    isReadingMore: boolean;
    isStale: boolean;
    loadMore(): void;
  };
}) {
  const { hasMore, isReadingMore, isStale, loadMore } = props.list;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return hasMore ? (
    <div className={classes.root}>
      <Button
        size="small"
        variant="outlined"
        disabled={isReadingMore || isStale}
        onClick={loadMore}
      >
        {t('list.loadMore')}
      </Button>
    </div>
  ) : null;
}
