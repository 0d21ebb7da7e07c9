import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useState } from 'react';
import { deliveryTranslationRef, type Translate } from '../translation';
import { ApplicationLine } from './ApplicationLine';
import { ariaTextOf } from './columns';
import { Line } from './Line';
import { Note } from './Note';
import { podFailureWords } from './podFailureWords';
import { summarize, type ApplicationRow, type EnvironmentRow } from './rows';
import type { Change } from './changes';
import { useRowStyles } from '../components/rowStyles';

interface ItemProps {
  environment: string;
  change: Change;
}

/** An environment: its application, or several folded under one line. @internal */
export function EnvironmentItem(props: {
  row: EnvironmentRow;
  change: Change;
}) {
  const { row, change } = props;
  const { environment } = row;
  const [first, ...others] = row.applications;
  if (!first) {
    return null;
  }
  return others.length === 0 ? (
    <ApplicationItem environment={environment} row={first} change={change} />
  ) : (
    <GroupItem
      environment={environment}
      applications={[first, ...others]}
      change={change}
    />
  );
}

function ApplicationItem(
  props: ItemProps & { row: ApplicationRow; inGroup?: boolean },
) {
  const { environment, row, change, inGroup } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const { health, sync } = row;
  const values = ariaTextOf({ rows: [row], summary: { health, sync } }, t);
  const pulse = change.count % 2 ? classes.pulseOdd : classes.pulseEven;
  return (
    <li
      aria-label={
        inGroup
          ? t('deployments.applicationLabel', {
              environment,
              application: row.name,
              values,
            })
          : t('deployments.rowLabel', { environment, values })
      }
      className={[
        classes.item,
        row.stale ? classes.stale : '',
        change.keys.has(row.key) ? pulse : '',
      ].join(' ')}
    >
      <ApplicationLine title={inGroup ? row.name : environment} row={row} />
    </li>
  );
}

function GroupItem(
  props: ItemProps & { applications: [ApplicationRow, ...ApplicationRow[]] },
) {
  const { environment, applications, change } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useRowStyles();
  const [isOpen, setIsOpen] = useState(false);
  const item = {
    title: environment,
    rows: applications,
    summary: summarize(applications),
    isOpen,
    onToggle: () => setIsOpen(!isOpen),
  };
  const values = ariaTextOf(item, t);
  return (
    <li
      aria-label={t('deployments.rowLabel', { environment, values })}
      className={classes.item}
    >
      <Line render={column => column.foldedCell?.(item)} />
      {!isOpen && <WorstNote applications={applications} />}
      {isOpen && (
        <ul className={classes.nested}>
          {applications.map(row => (
            <ApplicationItem
              key={row.key}
              environment={environment}
              row={row}
              change={change}
              inGroup
            />
          ))}
        </ul>
      )}
    </li>
  );
}

/** What is wrong with the worst of the folded applications. */
function WorstNote({ applications }: { applications: ApplicationRow[] }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const [worst] = applications;
  const text = worst && problemOf(worst, t);
  return text ? (
    <Note problem>
      {t('deployments.rowLabel', { environment: worst.name, values: text })}
    </Note>
  ) : null;
}

function problemOf(row: ApplicationRow, t: Translate): string | undefined {
  const { podFailures, health, sync } = row;
  const [failure] = podFailures;
  if (failure) {
    return podFailureWords(failure, t);
  }
  return (
    (health.status === 'Degraded' ? health.reason : undefined) ??
    (sync.state === 'failed' ? sync.message : undefined) ??
    row.conditions.at(0)
  );
}
