import { useTranslationRef } from '@backstage/frontend-plugin-api';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { makeStyles } from '@material-ui/core/styles';
import HelpOutlineIcon from '@material-ui/icons/HelpOutline';
import type { PerformanceResponse } from '@landfall/backstage-plugin-delivery-common';
import { deliveryTranslationRef } from '../translation';
import { daysOf, figuresOf, type Figure } from './figures';
import { TrendLabel } from './TrendLabel';
import type { Formats } from './useFormats';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'grid',
      gridTemplateColumns: 'repeat(auto-fit, minmax(min(220px, 100%), 1fr))',
      gap: theme.spacing(2),
      [theme.breakpoints.down('xs')]: {
        gridTemplateColumns: 'repeat(2, minmax(0, 1fr))',
        gap: theme.spacing(1),
      },
      listStyle: 'none',
      margin: 0,
      padding: 0,
    },
    item: {
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      padding: theme.spacing(1.5),
      [theme.breakpoints.down('xs')]: { padding: theme.spacing(1) },
    },
    title: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      gap: theme.spacing(1),
      // Two lines of a phone leave room for all figures on its first screen.
      [theme.breakpoints.down('xs')]: { '& h3': { lineHeight: 1.2 } },
      color: theme.palette.text.secondary,
    },
    value: {
      fontSize: '1.5rem',
      fontWeight: 600,
      lineHeight: 1.3,
      [theme.breakpoints.down('xs')]: { fontSize: '1.25rem' },
    },
    none: { color: theme.palette.text.secondary, fontWeight: 400 },
    detail: { color: theme.palette.text.secondary },
  }),
  { name: 'LandfallFigureList' },
);

/** The four figures, each with its definition and its trend. @internal */
export function FigureList(props: {
  response: PerformanceResponse;
  formats: Formats;
}) {
  const { response, formats } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const days = daysOf(response);
  return (
    <ul className={useStyles().root} aria-label={t('performance.figures.list')}>
      {figuresOf(response, t, formats).map(figure => (
        <FigureItem
          key={figure.id}
          figure={figure}
          days={days}
          formats={formats}
        />
      ))}
    </ul>
  );
}

function FigureItem(props: { figure: Figure; days: number; formats: Formats }) {
  const { figure, days, formats } = props;
  const { title, definition, value, detail } = figure;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  return (
    <li className={classes.item}>
      <div className={classes.title}>
        <Typography variant="body2" component="h3">
          {title}
        </Typography>
        <Tooltip
          title={definition}
          enterTouchDelay={0}
          leaveTouchDelay={15_000}
        >
          <IconButton
            size="small"
            aria-label={t('performance.figures.definitionOf', { title })}
          >
            <HelpOutlineIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      </div>
      <div className={`${classes.value} ${value ? '' : classes.none}`}>
        {value ?? t('performance.figures.none')}
      </div>
      {value && (
        <>
          <Typography variant="body2" className={classes.detail}>
            {detail}
          </Typography>
          <TrendLabel figure={figure} days={days} formats={formats} />
        </>
      )}
    </li>
  );
}
