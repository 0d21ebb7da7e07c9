import { makeStyles } from '@material-ui/core/styles';
import { OnItsWay, type OnItsWayProps } from '../promotions';
import type { EnvironmentRow } from './rows';

const useStyles = makeStyles(
  theme => ({
    root: {
      padding: theme.spacing(1, 2),
      borderTop: `1px solid ${theme.palette.divider}`,
    },
  }),
  { name: 'LandfallUnderWay' },
);

/** The promotions under way of all environments; absent if there are none. @internal */
export function UnderWay({ rows }: { rows: readonly EnvironmentRow[] }) {
  const classes = useStyles();
  const underWay = rows.flatMap(({ environment, applications }) =>
    applications.flatMap(({ name, promotion, waiting }): OnItsWayProps[] =>
      promotion
        ? [
            {
              environment:
                applications.length > 1
                  ? `${environment} · ${name}`
                  : environment,
              promotion,
              waiting,
            },
          ]
        : [],
    ),
  );
  return underWay.length > 0 ? (
    <div className={classes.root}>
      {underWay.map(each => (
        <OnItsWay key={each.promotion.id} {...each} />
      ))}
    </div>
  ) : null;
}
