import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Drawer from '@material-ui/core/Drawer';
import IconButton from '@material-ui/core/IconButton';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import CloseIcon from '@material-ui/icons/Close';
import type { ApplicationDetails } from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { ActionNotes, ApplicationMenu } from '../actions';
import { HealthStatusLabel, SyncStatusLabel } from '../components/status';
import { isWebUrl } from '../components/links';
import type { Fresh } from '../live';
import { deliveryTranslationRef } from '../translation';
import { toApplicationRow } from './applicationRow';
import { EventsTab } from './events/EventsTab';
import { HistoryTab } from './history/HistoryTab';
import { ResourcesTab } from './resources/ResourcesTab';
import { SummaryTab } from './summary/SummaryTab';
import { UpdaterTab } from './updater/UpdaterTab';
import { useApplication, type ApplicationProps } from './useApplication';
import { VIEWS, type OpenApplication } from './useOpenApplication';

const useStyles = makeStyles(
  theme => ({
    paper: { width: 'min(720px, 100vw)' },
    header: {
      display: 'flex',
      alignItems: 'flex-start',
      gap: theme.spacing(1),
      padding: theme.spacing(2, 2, 1),
    },
    heading: { flex: 1, minWidth: 0 },
    title: { fontSize: '1.25rem', margin: 0, overflowWrap: 'anywhere' },
    states: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      minHeight: 24,
    },
    tabs: { borderBottom: `1px solid ${theme.palette.divider}` },
    tab: { minWidth: 0, textTransform: 'none' },
    panel: {
      flex: 1,
      minHeight: 0,
      overflowY: 'auto',
      padding: theme.spacing(2),
      // Headings and lists have their own distances.
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
  }),
  { name: 'LandfallApplicationDrawer' },
);

/**
 * The details of one application beside the page. Material UI traps the focus in
 * it, returns the focus when it closes, and closes it on Escape.
 *
 * @internal
 */
export function ApplicationDrawer(
  props: ApplicationProps & { state: OpenApplication },
) {
  const { entityRef, application, state } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const id = useId();
  const details = useApplication({ entityRef, application });
  return (
    <Drawer
      open
      anchor="right"
      onClose={state.close}
      classes={{ paper: classes.paper }}
      PaperProps={{
        role: 'dialog',
        'aria-modal': true,
        'aria-labelledby': `${id}-title`,
      }}
    >
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2 id={`${id}-title`} className={classes.title}>
            {application.name}
          </h2>
          <States details={details} />
          <ActionNotes application={application} />
        </div>
        <ApplicationMenu
          application={application.name}
          applicationRef={application}
          environment={details.data?.environment}
          links={[]}
          withoutDetails
        />
        <IconButton
          size="small"
          aria-label={t('application.close')}
          onClick={state.close}
        >
          <CloseIcon />
        </IconButton>
      </header>
      <Tabs
        value={state.view}
        onChange={(_, view) => state.show(view)}
        variant="scrollable"
        scrollButtons="auto"
        aria-label={t('application.tab.label')}
        className={classes.tabs}
      >
        {VIEWS.map(view => (
          <Tab
            key={view}
            value={view}
            label={t(`application.tab.${view}`)}
            id={`${id}-tab-${view}`}
            aria-controls={`${id}-panel`}
            className={classes.tab}
          />
        ))}
      </Tabs>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-tab-${state.view}`}
        tabIndex={0}
        className={classes.panel}
      >
        <Panel
          entityRef={entityRef}
          application={application}
          state={state}
          details={details}
        />
      </div>
    </Drawer>
  );
}

function States({ details }: { details: Fresh<ApplicationDetails> }) {
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const { data } = details;
  if (!data) {
    return <div className={classes.states} />;
  }
  const { health, sync } = toApplicationRow(data);
  const { argocd } = data.deployment.links;
  return (
    <div className={classes.states}>
      <Typography variant="body2" component="span" color="textSecondary">
        {data.environment}
      </Typography>
      <HealthStatusLabel status={health.status} reason={health.reason} />
      <SyncStatusLabel sync={sync} />
      {argocd && isWebUrl(argocd) && (
        <Link to={argocd}>{t('deployments.openArgocd')}</Link>
      )}
    </div>
  );
}

function Panel(
  props: ApplicationProps & {
    state: OpenApplication;
    details: Fresh<ApplicationDetails>;
  },
) {
  const { state, details, ...application } = props;
  switch (state.view) {
    case 'resources':
      return <ResourcesTab {...application} state={state} />;
    case 'history':
      return <HistoryTab {...application} details={details} />;
    case 'updater':
      return <UpdaterTab {...application} details={details} />;
    case 'events':
      return <EventsTab {...application} state={state} />;
    default:
      return <SummaryTab {...application} details={details} />;
  }
}
