import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import {
  LOCATOR_ANNOTATIONS,
  type ApplicationSuggestion,
  type DeploymentsResponse,
} from '@landfall/backstage-plugin-delivery-common';
import { applicationNames } from '../components/applicationNames';
import { CodeLine } from '../components/CodeLine';
import { deliveryTranslationRef } from '../translation';
import { settingsWords, type DeploymentsCardSettings } from './cardSettings';
import { emptyState, type EmptyState } from './emptyState';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(2),
      overflowWrap: 'anywhere',
      '& > * + *': { marginTop: theme.spacing(1) },
    },
  }),
  { name: 'LandfallEmptyDeployments' },
);

/** What the backend reads, as Roadie's plugin for Argo CD configures it, too. */
const CONFIGURATION = `argocd:
  appLocatorMethods:
    - type: config
      instances:
        - name: main
          url: https://argocd.example.com
          token: \${ARGOCD_TOKEN}`;

interface EmptyProps {
  name: string;
  data: DeploymentsResponse;
  settings: DeploymentsCardSettings;
}

/**
 * Explains why there is nothing to show, and what to do about it.
 *
 * @internal
 */
export function EmptyDeployments(props: EmptyProps) {
  const { data } = props;
  const classes = useStyles();
  const state = emptyState(data);
  return state === 'explained' ? null : (
    <div className={classes.root}>
      <EmptyText {...props} state={state} />
    </div>
  );
}

function EmptyText(props: EmptyProps & { state: EmptyState }) {
  const { name, data, settings, state } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const { suggestions = [] } = data;
  switch (state) {
    case 'unconfigured':
      return (
        <>
          <Typography>{t('card.first.unconfigured')}</Typography>
          <Typography variant="body2">{t('card.first.configure')}</Typography>
          <CodeLine text={CONFIGURATION} copy />
        </>
      );
    case 'filtered':
      return (
        <Typography variant="body2">
          {t('card.environments.none', {
            name,
            settings: settingsWords(settings),
          })}
        </Typography>
      );
    case 'reading':
      return (
        <Typography role="status">
          {t('card.first.reading', {
            instances: data.instances
              .filter(({ state: each }) => each === 'connecting')
              .map(instance => instance.name)
              .join(', '),
          })}
        </Typography>
      );
    default:
      return (
        <>
          <Typography>{t('empty.title', { name })}</Typography>
          {state === 'unmatched' || state === 'incomplete' ? (
            <NoMatch data={data} isIncomplete={state === 'incomplete'} />
          ) : (
            <NoAnnotations name={name} suggestions={suggestions} />
          )}
        </>
      );
  }
}

function NoMatch(props: { data: DeploymentsResponse; isIncomplete: boolean }) {
  const { data, isIncomplete } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  return (
    <>
      <Typography variant="body2">
        {t(isIncomplete ? 'empty.noMatchRead' : 'empty.noMatch')}
      </Typography>
      {Object.entries(data.locator.annotations).map(([annotation, value]) => (
        <CodeLine key={annotation} text={`${annotation}: ${value}`} />
      ))}
      <Typography variant="body2">{t('empty.noMatchHint')}</Typography>
    </>
  );
}

function NoAnnotations(props: {
  name: string;
  suggestions: readonly ApplicationSuggestion[];
}) {
  const { name, suggestions } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  if (suggestions.length === 0) {
    return (
      <>
        <Typography variant="body2">{t('empty.add')}</Typography>
        <CodeLine
          text={`${LOCATOR_ANNOTATIONS.appSelector}: app.kubernetes.io/name=${name}`}
          copy
        />
        <Typography variant="body2">{t('empty.orByName')}</Typography>
        <CodeLine text={`${LOCATOR_ANNOTATIONS.appName}: ${name}`} copy />
      </>
    );
  }
  return (
    <>
      {suggestions.map(({ annotation, value, applications }, index) => {
        const nameOf = applicationNames(applications);
        return (
          <div key={annotation}>
            <Typography variant="body2">
              {t(
                index === 0 ? 'card.first.suggested' : 'card.first.orSuggested',
                { applications: applications.map(nameOf).join(', ') },
              )}
            </Typography>
            <CodeLine text={`${annotation}: ${value}`} copy />
          </div>
        );
      })}
    </>
  );
}
