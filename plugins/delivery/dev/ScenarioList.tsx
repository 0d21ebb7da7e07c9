import { Content, Header, Link, Page } from '@backstage/core-components';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { entityOf, type Scenario } from './fixtures/scenario';
import { SCENARIOS } from './fixtures/scenarios';

const useStyles = makeStyles(theme => ({
  scenario: { marginBottom: theme.spacing(4) },
}));

/** Shows a part of an entity page for every scenario, one below the other. */
export function ScenarioList(props: {
  title: string;
  /** The part. */
  children: ReactNode;
  /** The path of a scenario's own page. */
  pathOf?(scenario: Scenario): string;
}) {
  const { title, children, pathOf } = props;
  const classes = useStyles();
  return (
    <Page themeId="tool">
      <Header title={title} />
      <Content>
        {SCENARIOS.map(scenario => (
          <section key={scenario.name} className={classes.scenario}>
            <Typography variant="h5" component="h2">
              {pathOf ? (
                <Link to={pathOf(scenario)}>{scenario.name}</Link>
              ) : (
                scenario.name
              )}
            </Typography>
            <Typography paragraph>{scenario.description}</Typography>
            <EntityProvider entity={entityOf(scenario)}>
              {children}
            </EntityProvider>
          </section>
        ))}
      </Content>
    </Page>
  );
}
