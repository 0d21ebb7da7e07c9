import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import FilterListIcon from '@material-ui/icons/FilterList';
import { Fragment, type ReactNode, useId, useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import { useIsPhone } from './useIsPhone';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
    },
    inline: { display: 'contents' },
    visible: {
      flex: '1 1 0',
      minWidth: 0,
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      '&& > *': { flex: '1 1 120px', minWidth: 0, maxWidth: 'none' },
    },
    // As high as a field.
    button: { height: 40, whiteSpace: 'nowrap' },
    folded: {
      flex: '1 0 100%',
      display: 'grid',
      gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
      // The labels of the fields are on their upper edge.
      gap: theme.spacing(1.5, 1),
      paddingTop: theme.spacing(0.5),
      '&& > *': { minWidth: 0, maxWidth: 'none' },
    },
    clear: { gridColumn: '1 / -1', justifySelf: 'start' },
  }),
  { name: 'LandfallFilterBar' },
);

/** @internal */
export interface FilterItem {
  id: string;
  control: ReactNode;
  /** Whether it leaves anything out. */
  isSet?: boolean;
  /** Stays in view on a phone. */
  isMain?: boolean;
}

/**
 * What selects the content of a page. On a phone, all but the main controls are behind
 * a button, which says how many of them are set: they would take the first screen.
 *
 * @internal
 */
export function FilterBar(props: {
  items: FilterItem[];
  /** Clears the filters; on a phone, where it is beside them. */
  onClear?(): void;
  /** On a phone, the button is a child of the flex box that the bar is in. */
  isInline?: boolean;
}) {
  const { items, onClear, isInline } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const panelId = useId();
  const [isOpen, setIsOpen] = useState(false);
  if (!useIsPhone()) {
    return <div className={classes.root}>{items.map(controlOf)}</div>;
  }
  const main = items.filter(({ isMain }) => isMain);
  const folded = items.filter(({ isMain }) => !isMain);
  const setCount = folded.filter(({ isSet }) => isSet).length;
  return (
    <div className={isInline ? classes.inline : classes.root}>
      {main.length > 0 && (
        <div className={classes.visible}>{main.map(controlOf)}</div>
      )}
      <Button
        variant="outlined"
        className={classes.button}
        startIcon={<FilterListIcon />}
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        {setCount > 0
          ? t('filters.titleSet', { total: String(setCount) })
          : t('filters.title')}
      </Button>
      {isOpen && (
        <div
          id={panelId}
          role="group"
          aria-label={t('filters.title')}
          className={classes.folded}
        >
          {folded.map(controlOf)}
          {onClear && setCount > 0 && (
            <Button size="small" className={classes.clear} onClick={onClear}>
              {t('fleet.filters.clear')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function controlOf({ id, control }: FilterItem) {
  return <Fragment key={id}>{control}</Fragment>;
}
