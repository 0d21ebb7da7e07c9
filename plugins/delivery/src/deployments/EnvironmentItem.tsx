import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import CollapseIcon from '@material-ui/icons/ExpandLess';
import ExpandIcon from '@material-ui/icons/ExpandMore';
import { useState } from 'react';
import {
  HealthStatusLabel,
  SyncStatusLabel,
  useSyncWord,
} from '../components/status';
import { deliveryTranslationRef } from '../translation';
import { ApplicationLine } from './ApplicationLine';
import { summarize, type ApplicationRow, type EnvironmentRow } from './rows';
import type { DeploymentsState } from './state';
import { useRowStyles } from '../components/rowStyles';
import { useVersionWord } from './VersionCell';

interface ItemProps {
  environment: string;
  change: DeploymentsState['change'];
}

/** An environment: its application, or several folded under one line. @internal */
export function EnvironmentItem(props: {
  row: EnvironmentRow;
  change: DeploymentsState['change'];
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
  const words = {
    environment,
    version: useVersionWord()(row.image),
    health: t(`health.${row.health.status}`),
    sync: useSyncWord()(row.sync),
  };
  const pulse = change.count % 2 ? classes.pulseOdd : classes.pulseEven;
  return (
    <li
      aria-label={
        inGroup
          ? t('deployments.applicationLabel', {
              ...words,
              application: row.name,
            })
          : t('deployments.rowLabel', words)
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
  const versionWord = useVersionWord();
  const [open, setOpen] = useState(false);
  const { health, sync } = summarize(applications);
  const version = [
    ...new Set(applications.map(({ image }) => versionWord(image))),
  ].join(', ');
  const label = t('deployments.rowLabel', {
    environment,
    version,
    health: t(`health.${health.status}`),
    sync: useSyncWord()(sync),
  });
  return (
    <li aria-label={label} className={classes.item}>
      <div className={classes.line}>
        <span className={classes.name}>{environment}</span>
        <span className={classes.version}>{version}</span>
        <span className={classes.health}>
          <HealthStatusLabel status={health.status} reason={health.reason} />
        </span>
        <span className={classes.sync}>
          <SyncStatusLabel sync={sync} />
        </span>
        <span className={classes.age}>
          <Button
            size="small"
            aria-expanded={open}
            endIcon={open ? <CollapseIcon /> : <ExpandIcon />}
            onClick={() => setOpen(!open)}
          >
            {t('deployments.applications', {
              total: String(applications.length),
            })}
          </Button>
        </span>
        <span className={classes.links} />
      </div>
      {open && (
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
