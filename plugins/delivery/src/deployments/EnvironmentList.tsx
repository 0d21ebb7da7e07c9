import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { PartBoundary } from '../components/PartBoundary';
import { useRowStyles } from '../components/rowStyles';
import { deliveryTranslationRef } from '../translation';
import type { Change } from './changes';
import { EnvironmentItem } from './EnvironmentItem';
import type { EnvironmentRow } from './rows';

/** A line per environment; the first ones, if there is a maximum. @internal */
export function EnvironmentList(props: {
  rows: readonly EnvironmentRow[];
  change: Change;
  max?: number;
}) {
  const { rows, change, max = Infinity } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const [isOpen, setIsOpen] = useState(false);
  const hidden = Math.max(0, rows.length - max);
  return (
    <>
      <ul className={classes.list} aria-label={t('deployments.list')}>
        {rows.slice(0, isOpen ? undefined : rows.length - hidden).map(row => (
          <PartBoundary key={row.environment} inList>
            <EnvironmentItem row={row} change={change} />
          </PartBoundary>
        ))}
      </ul>
      {hidden > 0 && (
        <Button
          size="small"
          className={classes.more}
          aria-expanded={isOpen}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen && t('card.environments.fewer')}
          {!isOpen &&
            (hidden === 1
              ? t('card.environments.oneMore')
              : t('card.environments.more', { total: String(hidden) }))}
        </Button>
      )}
    </>
  );
}
