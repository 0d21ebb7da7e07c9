import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { AttentionItem } from '@landfall/backstage-plugin-delivery-common';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import MissingIcon from '@material-ui/icons/NotInterested';
import SyncProblemIcon from '@material-ui/icons/SyncProblem';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import type { ComponentProps } from 'react';
import { useRowStyles } from '../components/rowStyles';
import { StatusLabel } from '../components/status';
import {
  deliveryTranslationRef,
  useMessageFormat,
  type Translate,
} from '../translation';

type Look = Pick<ComponentProps<typeof StatusLabel>, 'icon' | 'tone'> & {
  word(t: Translate): string;
};

/** The page's other parts show the rest beside what it is about. */
const SHOWN: Partial<Record<AttentionItem['kind'], Look>> = {
  'sync-failed': {
    icon: SyncProblemIcon,
    tone: 'bad',
    word: t => t('sync.failed'),
  },
  degraded: {
    icon: ErrorIcon,
    tone: 'bad',
    word: t => t('health.Degraded'),
  },
  missing: {
    icon: MissingIcon,
    tone: 'warning',
    word: t => t('health.Missing'),
  },
  waiting: {
    icon: WaitingIcon,
    tone: 'warning',
    word: t => t('promotion.details.waiting'),
  },
};

/**
 * The applications that somebody has to look at, and why.
 *
 * @internal
 */
export function AttentionList(props: { items: readonly AttentionItem[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const format = useMessageFormat();
  const classes = useRowStyles();
  const lines = props.items.flatMap(item => {
    const look = SHOWN[item.kind];
    return look ? [{ ...item, look }] : [];
  });
  if (lines.length === 0) {
    return null;
  }
  return (
    <ul className={classes.list} aria-label={t('versions.attention')}>
      {lines.map(({ kind, key, environment, application, reason, look }) => (
        <li key={`${kind} ${key}`} className={classes.item}>
          <div className={classes.line}>
            <span className={classes.name}>
              {[environment, application?.name].filter(Boolean).join(' · ')}
            </span>
            <StatusLabel
              icon={look.icon}
              tone={look.tone}
              word={look.word(t)}
            />
            {reason && (
              <span className={classes.note}>{format.message(reason)}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
