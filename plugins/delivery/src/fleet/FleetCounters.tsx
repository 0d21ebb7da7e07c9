import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  FLEET_STATES,
  type FleetCounters as Counters,
  type FleetState,
} from '@landfall/backstage-plugin-delivery-common';
import ButtonBase from '@material-ui/core/ButtonBase';
import { makeStyles } from '@material-ui/core/styles';
import { useEffect, useRef } from 'react';
import { useLocale } from '../components/useLocale';
import { deliveryTranslationRef } from '../translation';
import { FleetStateLabel } from './FleetStateLabel';

/** What is seen of the counter before the selected one. */
const SCROLL_MARGIN_PX = 32;

const useStyles = makeStyles(
  theme => ({
    root: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: theme.spacing(1),
      // On a phone, one row, which scrolls sideways until the edge of the page.
      [theme.breakpoints.down('xs')]: {
        flexWrap: 'nowrap',
        position: 'relative',
        overflowX: 'auto',
        scrollbarWidth: 'none',
        margin: theme.spacing(0, -1.5),
        padding: theme.spacing(0.25, 3, 0.25, 1.5),
        // Fades out, as a sign that there is more.
        maskImage: `linear-gradient(to right, black calc(100% - ${theme.spacing(
          3,
        )}px), transparent)`,
        '& > *': { flexShrink: 0 },
      },
    },
    counter: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: theme.spacing(1),
      minHeight: 36,
      padding: theme.spacing(0.5, 1.5),
      border: `1px solid ${theme.palette.divider}`,
      borderRadius: theme.shape.borderRadius,
      backgroundColor: theme.palette.background.paper,
      fontSize: theme.typography.body2.fontSize,
      '&:focus-visible': { outline: `2px solid ${theme.palette.primary.main}` },
    },
    pressed: {
      borderColor: theme.palette.text.primary,
      boxShadow: `inset 0 0 0 1px ${theme.palette.text.primary}`,
      backgroundColor: theme.palette.action.selected,
    },
    number: {
      fontWeight: 600,
      fontVariantNumeric: 'tabular-nums',
      // The other counters stay where they are when it is read.
      minWidth: '3ch',
    },
  }),
  { name: 'LandfallFleetCounters' },
);

/** How many services are in each state; each counter is a filter. @internal */
export function FleetCounters(props: {
  /** Absent until they are read. */
  counters: Counters | undefined;
  selected: FleetState | undefined;
  onSelect(state: FleetState | undefined): void;
}) {
  const { counters, selected, onSelect } = props;
  const { t } = useTranslationRef(deliveryTranslationRef);
  const classes = useStyles();
  const locale = useLocale();
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // A link may select one that is out of sight.
    const pressed = ref.current?.querySelector('[aria-pressed="true"]');
    if (ref.current && pressed instanceof HTMLElement) {
      ref.current.scrollLeft = pressed.offsetLeft - SCROLL_MARGIN_PX;
    }
  }, []);
  return (
    <div
      ref={ref}
      role="group"
      aria-label={t('fleet.counters')}
      className={classes.root}
    >
      {FLEET_STATES.map(state => {
        const isPressed = state === selected;
        return (
          <ButtonBase
            key={state}
            aria-pressed={isPressed}
            className={`${classes.counter} ${isPressed ? classes.pressed : ''}`}
            onClick={() => onSelect(isPressed ? undefined : state)}
          >
            <FleetStateLabel state={state} />
            <span className={classes.number}>
              {counters ? counters[state].toLocaleString(locale) : '…'}
            </span>
          </ButtonBase>
        );
      })}
    </div>
  );
}
