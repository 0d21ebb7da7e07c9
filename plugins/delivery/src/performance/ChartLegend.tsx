import { makeStyles } from '@material-ui/core/styles';
import { useId } from 'react';
import { PatternDefinition } from './charts/PatternDefinition';
import { useSeriesLooks } from './charts/useSeriesLooks';

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(0.5, 2),
      listStyle: 'none',
      margin: 0,
      padding: 0,
      fontSize: theme.typography.caption.fontSize,
    },
    item: { display: 'flex', alignItems: 'center', gap: theme.spacing(0.75) },
  }),
  { name: 'LandfallChartLegend' },
);

/** What the looks of a chart's series mean. @internal */
export function ChartLegend(props: {
  kind: 'bars' | 'lines';
  titles: string[];
}) {
  const { kind, titles } = props;
  const classes = useStyles();
  const looks = useSeriesLooks();
  const patternId = useId();
  return (
    <ul className={classes.root}>
      {titles.map((title, index) => (
        <li key={title} className={classes.item}>
          <svg width="24" height="12" aria-hidden>
            <PatternDefinition id={patternId} color={looks[1].color} />
            {kind === 'bars' ? (
              <rect
                x="0.5"
                y="0.5"
                width="23"
                height="11"
                fill={index === 0 ? looks[0].color : `url(#${patternId})`}
                stroke={looks[index].color}
              />
            ) : (
              <line
                x1="0"
                x2="24"
                y1="6"
                y2="6"
                stroke={looks[index].color}
                strokeWidth="2"
                strokeDasharray={looks[index].dash}
              />
            )}
          </svg>
          {title}
        </li>
      ))}
    </ul>
  );
}
