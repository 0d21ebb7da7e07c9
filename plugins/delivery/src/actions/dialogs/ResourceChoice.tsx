import { useTranslationRef } from '@backstage/frontend-plugin-api';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type {
  ApplicationResourceNode,
  ApplicationResources,
} from '@landfall/backstage-plugin-delivery-common';
import { useId } from 'react';
import { LivePart, UpstreamError } from '../../application/LivePart';
import type { Fresh } from '../../live';
import { deliveryTranslationRef } from '../../translation';
import { CheckLine } from './CheckLine';
import type { SyncChoice } from './syncChoice';

const useStyles = makeStyles(
  theme => ({
    title: { margin: 0, fontSize: '1rem' },
    list: {
      listStyle: 'none',
      margin: 0,
      padding: 0,
      maxHeight: 240,
      overflowY: 'auto',
    },
    secondary: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallResourceChoice' },
);

/** The resources that differ from Git; those that stay chosen are applied. @internal */
export function ResourceChoice(props: {
  read: Fresh<ApplicationResources>;
  /** Name of the application. */
  application: string;
  nodes: readonly ApplicationResourceNode[];
  choice: SyncChoice;
  onChange(choice: SyncChoice): void;
}) {
  const { read, application, nodes, choice, onChange } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const id = useId();
  const toggle = (node: ApplicationResourceNode, isChosen: boolean) => {
    const excluded = new Set(choice.excluded);
    if (isChosen) {
      excluded.delete(node.id);
    } else {
      excluded.add(node.id);
    }
    onChange({ ...choice, excluded });
  };
  return (
    <section aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {t('action.sync.resources')}
      </h3>
      <LivePart
        read={read}
        application={application}
        loading={t('application.resources.loading')}
      >
        {({ problems }) => (
          <>
            {problems
              .filter(({ part }) => part === 'nodes')
              .map(({ error }) => (
                <UpstreamError
                  key={error.code}
                  part="resources"
                  error={error}
                  onRetry={read.refresh}
                />
              ))}
            {nodes.length === 0 && problems.length === 0 && (
              <Typography variant="body2">
                {t('action.sync.nothing')}
              </Typography>
            )}
            <ul className={classes.list} aria-labelledby={id}>
              {nodes.map(node => (
                <li key={node.id}>
                  <CheckLine
                    label={<NodeLabel node={node} isPruned={choice.prune} />}
                    checked={!choice.excluded.has(node.id)}
                    onChange={isChosen => toggle(node, isChosen)}
                  />
                </li>
              ))}
            </ul>
            {choice.excluded.size > 0 && (
              <Typography variant="body2" className={classes.secondary}>
                {t('action.sync.partly')}
              </Typography>
            )}
          </>
        )}
      </LivePart>
    </section>
  );
}

function NodeLabel(props: {
  node: ApplicationResourceNode;
  isPruned: boolean;
}) {
  const { node, isPruned } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <>
      {node.kind} <strong>{node.name}</strong>{' '}
      {node.requiresPruning && (
        <span className={classes.secondary}>
          {t(isPruned ? 'action.sync.deleted' : 'action.sync.kept')}
        </span>
      )}
    </>
  );
}
