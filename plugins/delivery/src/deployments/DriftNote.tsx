import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import { useState } from 'react';
import { deliveryTranslationRef } from '../translation';
import type { DriftRow } from './conditionRows';
import { Note } from './Note';

/** As many as fit beside each other on a wide screen. */
const SHOWN = 3;

/** The resources that differ from Git, the first of them at once. @internal */
export function DriftNote(props: { application: string; drift: DriftRow }) {
  const { application, drift } = props;
  const { resources, total } = drift;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [isOpen, setIsOpen] = useState(false);
  const shown = isOpen ? resources : resources.slice(0, SHOWN);
  const unlisted = total - resources.length;
  const hidden = total - SHOWN;
  return (
    <Note>
      {t('card.drift.resources', { resources: shown.join(', ') })}
      {isOpen &&
        unlisted > 0 &&
        ` ${t('card.drift.unlisted', { total: String(unlisted) })}`}
      {hidden > 0 && (
        <Button
          size="small"
          aria-expanded={isOpen}
          aria-label={t(
            isOpen ? 'card.drift.showFewer' : 'card.drift.showAll',
            {
              application,
            },
          )}
          onClick={() => setIsOpen(!isOpen)}
        >
          {isOpen ? '−' : t('card.drift.more', { total: String(hidden) })}
        </Button>
      )}
    </Note>
  );
}
